;;; char.sls - (scheme char) for Chez Scheme.
(library (scheme char)
  (export char-alphabetic? char-downcase char-lower-case? char-numeric? char-upcase
          char-upper-case? char-whitespace? string-downcase string-upcase)
  (import (chezscheme)))
