function courseOrder(count, prerequisites) {
  const unlocks = Array.from({ length: count }, () => []);
  const missing = new Array(count).fill(0);
  for (const [course, before] of prerequisites) {
    unlocks[before].push(course);
    missing[course] += 1;
  }
  const courses = [...missing.keys()];
  const ready = courses.filter((c) => missing[c] === 0);
  const order = [];
  while (ready.length > 0) {
    const taken = ready.pop();
    order.push(taken);
    for (const course of unlocks[taken]) {
      missing[course] -= 1;
      if (missing[course] === 0) {
        ready.push(course);
      }
    }
  }
  return order.length === count ? order : [];
}
