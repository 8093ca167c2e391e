class RangeSum {
  constructor(numbers) {
    this.prefix = [0];
    let total = 0;
    for (const number of numbers) {
      total += number;
      this.prefix.push(total);
    }
  }

  sumRange(left, right) {
    const before = this.prefix[left];
    const through = this.prefix[right + 1];
    return through - before;
  }
}
