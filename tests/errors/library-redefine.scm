; A library that redefines what it imports.
(import (scheme base) (shapes square))
