; A number that stands for no character.
(display (integer->char #xD800))
