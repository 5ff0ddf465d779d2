; A library whose name is misspelt.
(import (scheme base) (scheme writ))
(display 1)
