; A file to include that is not there.
(include "no-such-file.scm")
