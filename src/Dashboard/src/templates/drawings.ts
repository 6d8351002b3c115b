/** Drawings of samples: paths in the square from 0 to 32, filled by the rule of even and odd. */

/** Shapes of the generated dataset. */
export const shapes: readonly string[] = [
  'M16 6a10 10 0 1 0 0 20a10 10 0 1 0 0-20z',
  'M5 25L16 6L27 25z',
  'M7 7h18v18h-18zM11 11v10h10v-10z',
  'M13.5 5h5v8.500h8.500v5h-8.500v8.500h-5v-8.500h-8.500v-5h8.500z',
  'M16 5a11 11 0 1 0 0 22a11 11 0 1 0 0-22zM16 9a7 7 0 1 0 0 14a7 7 0 1 0 0-14z',
  'M6 8h20v5h-20zM6 19h20v5h-20z',
  'M5 8L16 27L27 8z',
  'M8 6h5v20h-5zM19 6h5v20h-5z',
];

/** Clothes: t-shirt, trousers, dress, sneaker, bag, coat, sandal, boot. */
export const clothes: readonly string[] = [
  'M11 5l2 2h6l2-2l8 5l-3 6l-3-2v14h-14v-14l-3 2l-3-6z',
  'M10 4h12l2 24h-6l-2-15l-2 15h-6z',
  'M12 3h2l2 3l2-3h2l-1 10l6 16h-18l6-16z',
  'M3 22v-8l6 2l7-6l4 6l7 2q3 1 3 4v2h-27z',
  'M4 12h24l2 16h-28zM11 12q0-8 5-8t5 8h-2q0-5-3-5t-3 5z',
  'M12 3h8l6 4l2 19h-4l-1-12v15h-6v-22h-2v22h-6v-15l-1 12h-4l2-19z',
  'M2 24l8-1l12-11l5 2l3 12h-4l-2-8l-8 8h-14z',
  'M9 3h9v13l8 4q4 2 4 6h-21z',
];

/** Things and animals: airplane, ship, car, bird, truck, cat, frog, horse's head. */
export const things: readonly string[] = [
  'M2 17l10-3l-4-9h3l8 8l8-2q4 0 2 3l-8 4l-6 9h-3l2-8l-8 2l-2 3h-2z',
  'M4 20h24l-4 7h-16zM15 4h2v14h-2zM18 6l8 12h-8zM14 8v10h-8z',
  'M3 22v-6l5-1l4-6h9l5 6l3 1v6h-3a3 3 0 0 1-6 0h-8a3 3 0 0 1-6 0z',
  'M3 12l6-1q1-5 5-5q4 0 5 5q9 2 10 13q-5-3-9-2l-2 5h-2v-5q-9-1-9-9z',
  'M2 8h17v14h-7a3 3 0 0 1-6 0h-4zM20 12h6l4 5v5h-2a3 3 0 0 1-6 0h-2z',
  'M7 4l5 5h8l5-5v13q0 10-9 10t-9-10zM12 16v2h2v-2zM18 16v2h2v-2z',
  'M5 9q0-4 4-4q3 0 4 3h6q1-3 4-3q4 0 4 4q3 4 3 9q0 8-14 8t-14-8q0-5 3-9zM9 20q7 4 14 0q-7 6-14 0z',
  'M14 3l4 4q9 3 9 20h-15l4-10l-7 4l-4-4l7-9z',
];
