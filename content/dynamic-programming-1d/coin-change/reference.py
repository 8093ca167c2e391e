def coin_change(coins: list[int], amount: int) -> int:
    unreachable = amount + 1
    fewest = [0] + [unreachable] * amount
    for total in range(1, amount + 1):
        for coin in coins:
            if coin <= total:
                candidate = fewest[total - coin] + 1
                if candidate < fewest[total]:
                    fewest[total] = candidate
    if fewest[amount] >= unreachable:
        return -1
    return fewest[amount]
