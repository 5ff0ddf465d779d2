-- vectors.lua - the twin of scheme/vectors.scm.
local function sieve(n)
  local flags, count = {}, 0
  for i = 0, n do flags[i] = true end
  for i = 2, n do
    if flags[i] then
      for k = i * i, n, i do flags[k] = false end
      count = count + 1
    end
  end
  return count
end
local function matrix(n, f)
  local m = {}
  for i = 0, n - 1 do
    for j = 0, n - 1 do m[i * n + j] = f(i, j) end
  end
  return m
end
local function product(n, a, b)
  return matrix(n, function(i, j)
    local sum = 0
    for k = 0, n - 1 do sum = sum + a[i * n + k] * b[k * n + j] end
    return sum
  end)
end
local result
for _ = 1, tonumber(arg[1]) do
  local n = 60
  local a = matrix(n, function(i, j) return i - j end)
  local c = product(n, a, product(n, a, a))
  result = string.format("(%d %d)", sieve(200000), c[7])
end
print(result)
