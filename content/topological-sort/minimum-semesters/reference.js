function minimumSemesters(count, prerequisites) {
  const unlocks = Array.from({ length: count }, () => []);
  const missing = new Array(count).fill(0);
  for (const [course, before] of prerequisites) {
    unlocks[before].push(course);
    missing[course] += 1;
  }
  const courses = [...missing.keys()];
  let ready = courses.filter((c) => missing[c] === 0);
  let semesters = 0;
  let finished = 0;
  while (ready.length > 0) {
    semesters += 1;
    const nextReady = [];
    for (const taken of ready) {
      finished += 1;
      for (const course of unlocks[taken]) {
        missing[course] -= 1;
        if (missing[course] === 0) {
          nextReady.push(course);
        }
      }
    }
    ready = nextReady;
  }
  return finished === count ? semesters : -1;
}
