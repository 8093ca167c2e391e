/** Where a token is on the screen, along its line. */
export interface TokenBox {
  left: number;
  right: number;
}

/** How far beside a token a finger may land. */
const reach = 22;

/** Narrow tokens claim this much of the line, at the cost of their neighbours. */
const narrowest = 20;

const wideBox = ({ left, right }: TokenBox) => {
  const middle = (left + right) / 2;
  const half = Math.max(right - left, narrowest) / 2;
  return { middle, half };
};

/** The token that a finger at `x` means: what is under it or beside it; null if nothing is near. */
export function nearestToken<T extends TokenBox>(boxes: T[], x: number): T | null {
  let nearest: T | null = null;
  let shortest = reach;
  for (const box of boxes) {
    const { middle, half } = wideBox(box);
    const distance = Math.abs(x - middle) - half;
    if (distance > shortest) continue;
    nearest = box;
    shortest = distance;
  }
  return nearest;
}
