;;; runner.sld - what tests/run_lisp.py puts around the forms of a test file.
;;;
;;; Marks on standard output tell the script where a form's own output begins and ends, and
;;; how the form ended. A mark is a line that starts with a character no test prints, U+001E;
;;; it is flushed, so that it is there even if the form kills the process.

(define-library (limpet-test runner)
  (import (scheme base) (scheme write))
  (export %test-at %test-output %test-value)
  (begin
    (define (mark kind id)
      (write-char (integer->char 30))
      (write-string kind)
      (write id))

    (define (end-mark)
      (newline)
      (flush-output-port))

    ;; A form that is no test begins.
    (define (%test-at id)
      (mark "at " id)
      (end-mark))

    (define (write-all objects)
      (for-each (lambda (object)
                  (write-char #\space)
                  (write object))
                objects))

    (define (end-with-error id condition)
      (mark "error " id)
      (if (error-object? condition)
          (begin
            (write-char #\space)
            (display (error-object-message condition))
            (write-all (error-object-irritants condition)))
          (write-all (list condition)))
      (end-mark))

    (define (run id thunk end)
      (mark "begin " id)
      (end-mark)
      ((call-with-current-continuation
        (lambda (k)
          (with-exception-handler
           (lambda (condition)
             (k (lambda () (end-with-error id condition))))
           (lambda ()
             (call-with-values thunk
               (lambda results
                 (lambda () (end id results))))))))))

    ;; A form of which only the output counts.
    (define (%test-output id thunk)
      (run id thunk
           (lambda (id results)
             (mark "end " id)
             (end-mark))))

    ;; A form whose value counts if it prints nothing.
    (define (%test-value id thunk)
      (run id thunk
           (lambda (id results)
             (mark "value " id)
             (write-all results)
             (end-mark))))))
