function combinationSum(numbers, target) {
  const result = [];
  const chosen = [];

  function extend(start, remaining) {
    if (remaining === 0) {
      result.push([...chosen]);
      return;
    }
    for (let i = start; i < numbers.length; i++) {
      if (numbers[i] > remaining) {
        continue;
      }
      chosen.push(numbers[i]);
      extend(i, remaining - numbers[i]);
      chosen.pop();
    }
  }

  extend(0, target);
  return result;
}
