;;; file.sls - (scheme file) for Chez Scheme: text is UTF-8 as elsewhere.
(library (scheme file)
  (export call-with-input-file call-with-output-file delete-file file-exists?
          open-binary-input-file open-binary-output-file)
  (import (chezscheme))
  (define open-binary-input-file open-file-input-port)
  (define open-binary-output-file open-file-output-port))
