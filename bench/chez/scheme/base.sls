;;; base.sls - (scheme base) for Chez Scheme: what the programs of bench/scheme use of it.
(library (scheme base)
  (export * + - / < <= = > >= abs and append apply assoc assq assv begin boolean?
          bytevector-u8-ref bytevector-u8-set! bytevector? caar cadr call-with-current-continuation
          call-with-port call-with-values call/cc car case cdar cddr cdr char->integer char<? char=?
          char? close-port cond cons define define-record-type define-syntax denominator do
          dynamic-wind else => ... _ eof-object eof-object? eq? equal? eqv? error error-object?
          error-object-irritants error-object-message even? exact exact-integer? expt floor
          for-each gcd get-output-string guard if inexact integer->char lambda let let* let*-values
          let-syntax let-values letrec letrec* length list list->string list->vector list-ref
          list-tail list? make-bytevector make-list make-parameter make-string make-vector map max
          member memq memv min modulo negative? newline not null? number->string number? numerator
          odd? open-input-string open-output-string or pair? parameterize peek-char positive?
          procedure? quasiquote quote quotient raise raise-continuable read-char read-line read-u8
          remainder reverse round set! set-car! set-cdr! square string string->list string->number
          string->symbol string->vector string-append string-copy string-for-each string-length
          string-ref string-set! string<? string=? string? substring symbol->string symbol?
          syntax-rules unless unquote unquote-splicing values vector vector->list vector-fill!
          vector-for-each vector-length vector-map vector-ref vector-set! vector? when
          with-exception-handler write-char write-string write-u8 zero?)
  (import (rename (except (chezscheme) error) (define-record-type define-r6rs-record)))

  ;; Fields in the order of the record's; the constructor may name some, in any order.
  (define-syntax define-record-type
    (syntax-rules ()
      ((_ name (constructor argument ...) predicate field ...)
       (define-fields name (constructor argument ...) predicate () () field ...))))

  (define-syntax define-fields
    (syntax-rules ()
      ((_ name (constructor argument ...) predicate (field ...) (clause ...))
       (define-r6rs-record (name constructor predicate)
         (fields clause ...)
         (protocol (lambda (new)
                     (lambda (argument ...)
                       (let-absent (field ...) (argument ...) (new field ...)))))))
      ((_ name made predicate (known ...) (clause ...) (field get) . rest)
       (define-fields name made predicate (known ... field) (clause ... (immutable field get)) . rest))
      ((_ name made predicate (known ...) (clause ...) (field get set) . rest)
       (define-fields name made predicate (known ... field) (clause ... (mutable field get set))
                      . rest))))

  ;; Binds the fields that are no arguments.
  (define-syntax let-absent
    (lambda (form)
      (syntax-case form ()
        ((_ (field ...) (argument ...) body)
         (let ((absent (remp (lambda (field)
                               (memp (lambda (argument) (bound-identifier=? field argument))
                                     #'(argument ...)))
                             #'(field ...))))
           (with-syntax (((absent ...) absent))
             #'(let ((absent #f) ...) body)))))))

  (define (error message . irritants)
    (raise (condition (make-error) (make-message-condition message)
                      (make-irritants-condition irritants))))
  (define (error-object? object) (and (condition? object) (message-condition? object)))
  (define error-object-message condition-message)
  (define error-object-irritants condition-irritants)

  (define (exact-integer? object) (and (integer? object) (exact? object)))
  (define (square x) (* x x))

  (define read-line
    (case-lambda
      (() (get-line (current-input-port)))
      ((port) (get-line port))))
  (define write-string
    (case-lambda
      ((string) (put-string (current-output-port) string))
      ((string port) (put-string port string))))
  (define (read-u8 port) (get-u8 port))
  (define (write-u8 byte port) (put-u8 port byte))
  (define (string->vector string) (list->vector (string->list string))))
