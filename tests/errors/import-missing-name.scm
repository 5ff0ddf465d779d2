; A name that the library does not export.
(import (only (scheme base) car cdr frobnicate))
(car '(1))
