/** A point of a picture, and its class. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly label: number;
}

/** A sequence of numbers from 0 to 1 that is the same in every picture (Park and Miller's generator). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Nearly normal: the sum of a few uniform numbers, with standard deviation 1. */
const spread = (next: () => number): number => (next() + next() + next() + next() - 2) * Math.sqrt(3);

/** Points around the four corners of the unit square; the class is the exclusive or of the coordinates. */
export function xorPoints(count: number): Point[] {
  const next = numbers(7);
  return Array.from({ length: count }, (_, index) => {
    const [x, y] = [index & 1, (index >> 1) & 1];
    return { x: x + 0.12 * spread(next), y: y + 0.12 * spread(next), label: x ^ y };
  });
}

/** Points on three spiral arms around the origin, of radius 1. */
export function spiralPoints(count: number): Point[] {
  const next = numbers(11);
  return Array.from({ length: count }, (_, index) => {
    const label = index % 3;
    const radius = next();
    const angle = (2 * Math.PI * label) / 3 + 4 * radius;
    return {
      x: radius * Math.cos(angle) + 0.03 * spread(next),
      y: radius * Math.sin(angle) + 0.03 * spread(next),
      label,
    };
  });
}
