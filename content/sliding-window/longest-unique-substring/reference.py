def longest_unique_substring(text: str) -> int:
    last_seen: dict[str, int] = {}
    start = 0
    longest = 0
    for end, letter in enumerate(text):
        if letter in last_seen:
            start = max(start, last_seen[letter] + 1)
        last_seen[letter] = end
        longest = max(longest, end - start + 1)
    return longest
