-- Prints what `bench/src/load.rs` reads. Latencies are in milliseconds.
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    "result requests=%d seconds=%.3f p50=%.3f p95=%.3f p99=%.3f refused=%d failed=%d\n",
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
