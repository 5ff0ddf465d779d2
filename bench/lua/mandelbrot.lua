-- mandelbrot.lua - the twin of scheme/mandelbrot.scm.
local limit, size = 200, 80
local function escapes(cr, ci)
  local zr, zi, n = 0.0, 0.0, 0
  while true do
    local zr2, zi2 = zr * zr, zi * zi
    if n == limit or zr2 + zi2 > 4.0 then return n end
    zr, zi, n = zr2 - zi2 + cr, 2.0 * (zr * zi) + ci, n + 1
  end
end
local total
for _ = 1, tonumber(arg[1]) do
  total = 0
  for y = 0, size - 1 do
    for x = 0, size - 1 do
      if escapes(3.0 * x / size - 2.0, 2.5 * y / size - 1.25) == limit then total = total + 1 end
    end
  end
end
print(total)
