;;; evalrs.sld - the little Lisp of "Writing Interpreters in Rust: a Guide".
;;;
;;; Its values are nil, symbols, pairs, texts and functions. The only true value is the symbol
;;; true. A function that gets fewer arguments than it has parameters returns a partial
;;; application, which waits for the others. Variables are lexical, or global and found when
;;; they are used; `set` and `def` bind global ones.
;;;
;;;     (evalrs-eval-string "(def twice (f x) (f (f x))) (twice (cons 'a) nil)")
;;;
;;; nil is the empty list of Scheme, symbols, pairs and texts are Scheme's own.
(define-library (limpet evalrs)
  (export evalrs-environment? evalrs-eval evalrs-eval-string evalrs-function?
          evalrs-partial? evalrs-read-string evalrs->string make-evalrs-environment)
  (import (scheme base) (scheme case-lambda) (only (limpet check) check-string)
          (only (limpet primitives) %type-error))
  (include "evalrs/read.scm" "evalrs/function.scm" "evalrs/print.scm"
           "evalrs/environment.scm" "evalrs/compile.scm" "evalrs/eval.scm"))
