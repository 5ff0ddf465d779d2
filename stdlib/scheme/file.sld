;;; file.sld - files.
(define-library (scheme file)
  (export call-with-input-file call-with-output-file delete-file file-exists?
          open-binary-input-file open-binary-output-file open-input-file
          open-output-file with-input-from-file with-output-to-file)
  (import (limpet core)
          (limpet primitives)
          (only (limpet check) check-procedure)
          (only (scheme base) call-with-port current-input-port current-output-port
                parameterize))
  (include "file/with-files.scm"))
