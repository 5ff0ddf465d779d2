-- queens.lua - the twin of scheme/queens.scm.
local function solutions(n)
  local columns, rising, falling = {}, {}, {}
  for i = 0, n - 1 do columns[i] = false end
  for i = 0, 2 * n - 1 do rising[i], falling[i] = false, false end
  local function place(row)
    if row == n then return 1 end
    local count = 0
    for column = 0, n - 1 do
      local up, down = row + column, row - column + n
      if not (columns[column] or rising[up] or falling[down]) then
        columns[column], rising[up], falling[down] = true, true, true
        count = count + place(row + 1)
        columns[column], rising[up], falling[down] = false, false, false
      end
    end
    return count
  end
  return place(0)
end
local result
for _ = 1, tonumber(arg[1]) do result = solutions(10) end
print(result)
