-- io-chars.lua - a file of 10 MB written and read back character by character.
local name = "io-chars.tmp"
local count = 10000000
local port = assert(io.open(name, "wb"))
for i = 0, count - 1 do
  port:write(i % 64 == 63 and "\n" or "x")
end
port:close()
port = assert(io.open(name, "rb"))
local lines, chars = 0, 0
while true do
  local c = port:read(1)
  if not c then break end
  if c == "\n" then lines = lines + 1 end
  chars = chars + 1
end
port:close()
print(string.format("(%d . %d)", lines, chars))
os.remove(name)
