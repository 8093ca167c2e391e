// @SAYS@ A view on a buffer that is gone.
// @EXPECTED@ wrong_answer | runtime_error
function solve(value) {
  const view = new Uint32Array(1000);
  view.buffer.transfer?.();
  return view;
}
