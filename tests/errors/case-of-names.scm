; Upper case where lower case was meant.
(Define x 1)
(Display x)
