// @SAYS@ A proxy that is gone.
// @EXPECTED@ runtime_error
function solve(value) {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  return { proxy };
}
