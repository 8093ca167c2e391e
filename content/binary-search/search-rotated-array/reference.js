function searchRotated(numbers, target) {
  let low = 0;
  let high = numbers.length - 1;
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const value = numbers[middle];
    if (value === target) {
      return middle;
    }
    if (numbers[low] <= value) {
      if (numbers[low] <= target && target < value) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    } else {
      if (value < target && target <= numbers[high]) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
  }
  return -1;
}
