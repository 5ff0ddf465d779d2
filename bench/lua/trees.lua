-- trees.lua - the twin of scheme/trees.scm.
local function tree(depth)
  if depth == 0 then return { false, false } end
  return { tree(depth - 1), tree(depth - 1) }
end
local function nodes(t)
  if not t then return 0 end
  return 1 + nodes(t[1]) + nodes(t[2])
end
local depth = tonumber(arg[1])
local long_lived, total = tree(depth), 0
for d = 4, depth, 2 do
  for _ = 1, math.floor(2 ^ (depth - d)) do total = total + nodes(tree(d)) end
end
print(total + nodes(long_lived))
