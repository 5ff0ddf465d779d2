; guard whose variable is missing.
(guard ((string? e) (display e))
  (raise "oops"))
