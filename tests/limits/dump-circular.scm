; A listing shows a bounded part of a constant that is circular, or shared exponentially often.
; args: --max-heap 64m --dump ast
; time: 10
; error: \.\.\.
; output: done
(define a '#0=(#0# #0# #0# . #0#))
(define b '#1=#(#1# #1# (#1# . #1#)))
(display 'done)
(newline)
