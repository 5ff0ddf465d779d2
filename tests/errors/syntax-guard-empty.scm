; guard without a body.
(guard (e))
