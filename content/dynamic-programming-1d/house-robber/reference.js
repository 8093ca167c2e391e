function houseRobber(money) {
  if (money.length < 3) {
    return Math.max(0, ...money);
  }
  const best = [money[0], Math.max(money[0], money[1])];
  for (let i = 2; i < money.length; i++) {
    const take = best[i - 2] + money[i];
    best.push(Math.max(best[i - 1], take));
  }
  return best[best.length - 1];
}
