-- Where a user asks from: what networks share is not to be measured, and people come from networks of their own.
function address_of(user)
  return string.format("198.18.%d.%d", math.floor(user / 256), user % 256)
end

-- Prints what `bench/src/load.rs` reads. Latencies are in milliseconds.
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    "result requests=%d seconds=%.3f p50=%.3f p95=%.3f p99=%.3f refused=%d failed=%d\n",
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
