; Reading from an output port.
(read-char (open-output-string))
