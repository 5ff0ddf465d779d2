; only with a name that the library does not have.
(import (only (scheme base) car cdrr) (scheme write))
(display (car '(1)))
