function countSubarraysWithSum(numbers, target) {
  const seen = new Map([[0, 1]]);
  let total = 0;
  let count = 0;
  for (const number of numbers) {
    total += number;
    count += seen.get(total - target) ?? 0;
    seen.set(total, (seen.get(total) ?? 0) + 1);
  }
  return count;
}
