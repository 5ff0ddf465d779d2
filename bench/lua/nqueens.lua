-- nqueens.lua - the twin of scheme/nqueens.scm, with pairs as tables.
local function cons(a, b) return { a, b } end
local function append(a, b)
  if not a then return b end
  return cons(a[1], append(a[2], b))
end
local function safe(row, distance, placed)
  while placed do
    if placed[1] == row + distance or placed[1] == row - distance then return false end
    distance, placed = distance + 1, placed[2]
  end
  return true
end
local function try(rows, left, placed)
  if not rows then return left and 0 or 1 end
  return (safe(rows[1], 1, placed) and try(append(rows[2], left), nil, cons(rows[1], placed)) or 0)
    + try(rows[2], cons(rows[1], left), placed)
end
local rows
for i = 10, 1, -1 do rows = cons(i, rows) end
local result
for _ = 1, tonumber(arg[1]) do result = try(rows, nil, nil) end
print(result)
