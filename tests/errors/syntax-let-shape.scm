; let with a single pair of parentheses.
(let (x 1)
  x)
