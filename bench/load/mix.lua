-- The mix of the load targets: 70 % read content, 20 % run code, 10 % submit. A user thinks 0.5 to 5.5 s before each
-- request. Of the runs every fifth is of code that nobody has run before; the other results are cached.
-- Arguments: the file with a token a line, the file with a snippet a line (path and body, with a tab between them).
dofile("bench/load/report.lua")

function setup(thread)
  threads = (threads or 0) + 1
  thread:set("seed", threads)
end

function init(arguments)
  math.randomseed(seed)
  tokens, snippets = {}, {}
  for token in io.lines(arguments[1]) do tokens[#tokens + 1] = token end
  for line in io.lines(arguments[2]) do
    local path, body = line:match("^(%S+)\t(.*)$")
    snippets[#snippets + 1] = { path = path, body = body }
  end
  sent = 0
end

function delay()
  return math.random(500, 5500)
end

function request()
  local user = math.random(#tokens)
  local snippet = snippets[user % #snippets + 1]
  local headers = {
    ["authorization"] = "Bearer " .. tokens[user],
    ["accept-encoding"] = "gzip, br",
    ["x-forwarded-for"] = address_of(user),
  }
  local kind = math.random(100)
  if kind <= 10 then return wrk.format("GET", "/api/v1/patterns", headers) end
  if kind <= 40 then return wrk.format("GET", "/api/v1/snippets?language=python", headers) end
  if kind <= 70 then return wrk.format("GET", snippet.path, headers) end
  headers["content-type"] = "application/json"
  if kind > 90 then return wrk.format("POST", snippet.path .. "/submit", headers, snippet.body) end
  local body = snippet.body
  sent = sent + 1
  if sent % 5 == 0 then
    -- It stands in a comment, on the last line of the code.
    body = body:gsub("@", seed .. "." .. sent, 1)
  end
  return wrk.format("POST", snippet.path .. "/execute", headers, body)
end
