function subsets(numbers) {
  const result = [];
  const chosen = [];

  function extend(start) {
    result.push([...chosen]);
    for (let i = start; i < numbers.length; i++) {
      chosen.push(numbers[i]);
      extend(i + 1);
      chosen.pop();
    }
  }

  extend(0);
  return result;
}
