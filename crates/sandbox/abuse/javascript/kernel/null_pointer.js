// @SAYS@ Uses what is gone: buffers that were handed over.
// @EXPECTED@ accepted
function solve(value) {
  const buffer = new ArrayBuffer(64, { maxByteLength: 1024 });
  const view = new Uint32Array(buffer);
  const data = new DataView(buffer);
  for (const attempt of [
    () => view.set({ length: 4, get 0() { buffer.resize(0); return 1; }, 3: 7 }),
    () => buffer.transfer(),
    () => view.fill(7),
    () => view.sort(() => { buffer.resize(1024); return 0; }),
    () => data.setUint32(60, 1),
    () => view.subarray(0, 10).copyWithin(0, 5),
    () => new Uint8Array(buffer, 8).slice(0, { valueOf() { buffer.resize(4); return 50; } }),
  ]) {
    try {
      attempt();
    } catch {}
  }
  return value.reduce((sum, number) => sum + number, 0);
}
