function smallestSubarrayWithSum(numbers, target) {
  let shortest = numbers.length + 1;
  let total = 0;
  let left = 0;
  for (let right = 0; right < numbers.length; right++) {
    total += numbers[right];
    while (total >= target) {
      const length = right - left + 1;
      shortest = Math.min(shortest, length);
      total -= numbers[left];
      left += 1;
    }
  }
  return shortest <= numbers.length ? shortest : 0;
}
