; A name of a library that the program does not import.
(import (scheme base) (scheme write))
(display (char-upcase #\a))
