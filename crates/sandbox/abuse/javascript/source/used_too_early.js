// @SAYS@ Never gets to the definition of its function.
// @EXPECTED@ runtime_error
solve([]);
const solve = () => 6;
