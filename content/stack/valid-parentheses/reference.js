const PAIRS = { ")": "(", "]": "[", "}": "{" };

function isValid(text) {
  const stack = [];
  for (const char of text) {
    if (char in PAIRS) {
      if (!stack.length || stack.pop() !== PAIRS[char]) {
        return false;
      }
    } else {
      stack.push(char);
    }
  }
  return stack.length === 0;
}
