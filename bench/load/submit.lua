-- Submits the same code again and again, as many learners by turns. Arguments: the file with a token a line, the path,
-- the body.
dofile("bench/load/report.lua")

function init(arguments)
  tokens = {}
  for token in io.lines(arguments[1]) do tokens[#tokens + 1] = token end
  path, body = arguments[2], arguments[3]
  -- Each thread starts elsewhere, so that no learner has two submissions on the way.
  turn = math.floor(math.random() * #tokens)
end

function request()
  turn = turn % #tokens + 1
  local headers = { ["authorization"] = "Bearer " .. tokens[turn], ["content-type"] = "application/json" }
  return wrk.format("POST", path, headers, body)
end
