; An error in a procedure of a library file.
(import (scheme base) (scheme write) (shapes circle))
(display (area 2))
(newline)
(display (area 'round))
