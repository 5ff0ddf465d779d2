-- io-lines.lua - a file of 32 MB written and read back line by line.
local name = "io-lines.tmp"
local line = "The quick brown fox jumps over the lazy dog, and then it rests."
local count = 500000
local port = assert(io.open(name, "w"))
for _ = 1, count do
  port:write(line)
  port:write("\n")
end
port:close()
local lines, chars = 0, 0
for next in io.lines(name) do
  lines = lines + 1
  chars = chars + #next
end
print(string.format("(%d . %d)", lines, chars))
os.remove(name)
