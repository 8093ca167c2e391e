// Reports on errors.

function report(kind, message, stack) {
  const text = (value, limit) => (typeof value === "string" ? quote(slice(value, 0, limit)) : '""');
  return '{"type":' + text(kind, 100) + ',"message":' + text(message, 2000) + ',"stack":' + text(stack, 20000) + "}";
}

// The report on whatever was thrown.
function describe(error) {
  try {
    if (error instanceof ErrorClass) return report(error.name, error.message, error.stack);
    return report("Uncaught", inspect(error), "");
  } catch {
    return report("Error", "", "");
  }
}
