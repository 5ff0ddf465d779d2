; A number that is no character.
(integer->char #xD800)
