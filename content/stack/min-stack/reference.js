class MinStack {
  constructor() {
    this.values = [];
    this.minimums = [];
  }

  push(value) {
    const minimum = this.getMin();
    this.values.push(value);
    if (minimum === null || value <= minimum) {
      this.minimums.push(value);
    }
  }

  pop() {
    if (this.values.length === 0) return null;
    const value = this.values.pop();
    if (value === this.getMin()) {
      this.minimums.pop();
    }
    return value;
  }

  top() {
    return this.values.at(-1) ?? null;
  }

  getMin() {
    return this.minimums.at(-1) ?? null;
  }
}
