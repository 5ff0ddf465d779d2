; A program with imports sees only those.
(import (scheme base))
(display "hello")
