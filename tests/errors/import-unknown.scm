; A library that is not there.
(import (scheme base) (acme widgets))
(display "hello")
