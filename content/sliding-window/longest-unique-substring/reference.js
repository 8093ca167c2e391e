function longestUniqueSubstring(text) {
  const lastSeen = new Map();
  let start = 0;
  let longest = 0;
  for (let end = 0; end < text.length; end++) {
    const letter = text[end];
    if (lastSeen.has(letter)) {
      start = Math.max(start, lastSeen.get(letter) + 1);
    }
    lastSeen.set(letter, end);
    longest = Math.max(longest, end - start + 1);
  }
  return longest;
}
