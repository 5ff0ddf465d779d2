; A syntax error in a library file.
(import (scheme base) (shapes broken))
(broken)
