def house_robber(money: list[int]) -> int:
    if len(money) < 3:
        return max([0] + money)
    best = [money[0], max(money[0], money[1])]
    for i in range(2, len(money)):
        take = best[i - 2] + money[i]
        best.append(max(best[i - 1], take))
    return best[-1]
