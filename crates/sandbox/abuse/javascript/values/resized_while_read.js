// @SAYS@ A view whose buffer shrinks while it is read.
// @EXPECTED@ wrong_answer | runtime_error
// @LIMITS@ {"test_cpu_ms": 1000}
function solve(value) {
  const buffer = new ArrayBuffer(400_000, { maxByteLength: 400_000 });
  const answer = [new Uint32Array(buffer)];
  Object.defineProperty(answer, 1, { get() { buffer.resize(0); return answer[0]; }, enumerable: true });
  return [answer[1], ...answer];
}
