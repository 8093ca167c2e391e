function coinChange(coins, amount) {
  const unreachable = amount + 1;
  const fewest = new Array(amount + 1).fill(unreachable);
  fewest[0] = 0;
  for (let total = 1; total <= amount; total++) {
    for (const coin of coins) {
      if (coin <= total) {
        const candidate = fewest[total - coin] + 1;
        if (candidate < fewest[total]) {
          fewest[total] = candidate;
        }
      }
    }
  }
  if (fewest[amount] >= unreachable) {
    return -1;
  }
  return fewest[amount];
}
