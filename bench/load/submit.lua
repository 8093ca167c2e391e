-- Submits the same code again and again, as many learners by turns. Arguments: the file with a token a line, the path,
-- the body.
dofile("bench/load/report.lua")

function setup(thread)
  threads = (threads or 0) + 1
  thread:set("number", threads)
end

function init(arguments)
  tokens = {}
  for token in io.lines(arguments[1]) do tokens[#tokens + 1] = token end
  path, body = arguments[2], arguments[3]
  -- Each thread starts elsewhere, so that no learner has two submissions on the way.
  turn = (number - 1) * math.floor(#tokens / 2)
end

function request()
  turn = turn % #tokens + 1
  local headers = {
    ["authorization"] = "Bearer " .. tokens[turn],
    ["content-type"] = "application/json",
    ["x-forwarded-for"] = address_of(turn),
  }
  return wrk.format("POST", path, headers, body)
end
