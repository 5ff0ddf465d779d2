; A directory is no file that can be read.
; args: --max-heap 64m
; time: 10
; output: file-error
(import (scheme base) (scheme file) (scheme write))
(display (guard (e ((file-error? e) 'file-error))
           (call-with-input-file "." read-line)))
(newline)
