; A character with a wrong name.
(display #\spcae)
