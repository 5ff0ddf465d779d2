-- io-bytes.lua - a file of 10 MB written and read back byte by byte.
local name = "io-bytes.tmp"
local count = 10000000
local port = assert(io.open(name, "wb"))
for i = 0, count - 1 do
  port:write(string.char(i % 251))
end
port:close()
port = assert(io.open(name, "rb"))
local bytes, sum = 0, 0
while true do
  local c = port:read(1)
  if not c then break end
  bytes = bytes + 1
  sum = sum + c:byte()
end
port:close()
print(string.format("(%d . %d)", bytes, sum))
os.remove(name)
