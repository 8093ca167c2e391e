function moveZeroes(numbers) {
  const size = numbers.length;
  let write = 0;
  for (let read = 0; read < size; read++) {
    if (numbers[read] !== 0) {
      numbers[write] = numbers[read];
      write += 1;
    }
  }
  for (let rest = write; rest < size; rest++) {
    numbers[rest] = 0;
  }
}
