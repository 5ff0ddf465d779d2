-- strings.lua - the twin of scheme/strings.scm; strings that change are tables of bytes.
local function letters(n)
  local bytes = {}
  for i = 0, n - 1 do bytes[i + 1] = string.char(97 + i * i % 26) end
  return table.concat(bytes)
end
local function reversed(text)
  local chars = {}
  for i = 1, #text do chars[i] = text:sub(-i, -i) end
  return table.concat(chars)
end
local function count_char(char, text)
  local byte, found = char:byte(), 0
  for i = 1, #text do
    if text:byte(i) == byte then found = found + 1 end
  end
  return found
end
local function words(n)
  local text = ""
  for i = 0, n - 1 do text = text .. tostring(i) .. " " end
  return text
end
local result
for _ = 1, tonumber(arg[1]) do
  local text = letters(2000)
  local upper = reversed(text):upper()
  local numbers = words(200)
  result = count_char("a", text) + count_char("A", upper) + count_char(" ", numbers)
    + (text < upper:sub(1, 10) and 1 or 0)
end
print(result)
