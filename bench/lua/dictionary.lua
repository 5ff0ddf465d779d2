-- dictionary.lua - the twin of scheme/dictionary.scm; a list as a key is a string of its parts, as
-- tables have no keys by contents.
local count = 2000

local function keys_of(make_key)
  local keys = {}
  for i = 0, count - 1 do keys[i] = make_key(i) end
  return keys
end

local function key_name(i) return "key number " .. tostring(i * 17) end
local function list_key(list) return list[1] .. "," .. list[2] .. "," .. list[3] end

local numbers = keys_of(function(i) return i * 64 end)
local names, same_names = keys_of(key_name), keys_of(key_name)
local function key_list(i) return {i, "of", key_name(i)} end
local lists, same_lists = keys_of(key_list), keys_of(key_list)

local function itself(key) return key end

local function for_keys(proc, keys)
  for i = 0, count - 1 do proc(keys[i], i) end
end

local function exercise(keys, same_keys, of)
  local t, sum = {}, 0
  for_keys(function(key, i) t[of(key)] = i end, keys)
  for_keys(function(key) sum = sum + (t[of(key)] or 0) end, same_keys)
  for_keys(function(key)
    local k = of(key)
    t[k] = (t[k] or 0) + 1
  end, same_keys)
  for_keys(function(key, i) if i % 2 == 1 then t[of(key)] = nil end end, same_keys)
  for_keys(function(key) if t[of(key)] ~= nil then sum = sum + 1 end end, same_keys)
  for_keys(function(key, i) t[of(key)] = i + 1 end, keys)
  for _, value in pairs(t) do sum = sum + value end
  local total = 0
  for _, value in pairs(t) do total = total + value end
  return sum + total
end

local function frequencies()
  local t, n = {}, 1
  for _ = 1, 20000 do
    local word = n % 1009
    t[word] = 1 + (t[word] or 0)
    n = n * 7919 % 1000003
  end
  local most = 0
  for _, value in pairs(t) do most = math.max(value, most) end
  return most
end

local result
for _ = 1, tonumber(arg[1]) do
  result = {exercise(numbers, numbers, itself), exercise(names, names, itself),
            exercise(names, same_names, itself), exercise(lists, same_lists, list_key),
            frequencies()}
end
print("(" .. table.concat(result, " ") .. ")")
