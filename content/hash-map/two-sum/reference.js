function twoSum(numbers, target) {
  const seen = new Map();
  for (let index = 0; index < numbers.length; index++) {
    const number = numbers[index];
    const wanted = target - number;
    if (seen.has(wanted)) return [seen.get(wanted), index];
    seen.set(number, index);
  }
  return [];
}
