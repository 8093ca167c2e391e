def move_zeroes(numbers: list[int]) -> None:
    size = len(numbers)
    write = 0
    for read in range(size):
        if numbers[read] != 0:
            numbers[write] = numbers[read]
            write += 1
    for rest in range(write, size):
        numbers[rest] = 0
