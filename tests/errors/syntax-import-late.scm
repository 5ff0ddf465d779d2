; An import of something that is no library name.
(import (scheme base) scheme.write)
(display 1)
