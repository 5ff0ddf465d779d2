; A file that is not there.
(define (read-all name)
  (call-with-input-file name read))
(read-all "no-such-file.txt")
