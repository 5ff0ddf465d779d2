; An unknown character name.
(display #\spcae)
