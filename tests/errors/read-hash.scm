; An unknown # syntax.
(display #frobnicate)
