/** Milliseconds before attempt n (from 1) to connect again: quick at first, then every five seconds, spread by up to a fifth. */
export function reconnectDelay(attempt: number, spread: number = Math.random()): number {
  const base = Math.min(250 * 2 ** (attempt - 1), 5_000);
  return Math.round(base * (1 + 0.2 * spread));
}
