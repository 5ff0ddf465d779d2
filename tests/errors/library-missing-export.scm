; A library that exports what it does not define.
(import (scheme base) (shapes empty))
