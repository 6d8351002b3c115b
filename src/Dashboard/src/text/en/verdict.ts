import type { VerdictText } from '../serverMessages';
import { quoted, shortList, verdictParts } from '../verdict';

/** The verdict of a comparison, as the service words it. */
export const verdict: VerdictText = (comparison, isShare) => {
  const parts = verdictParts(comparison, isShare);
  if (parts === null) {
    return undecided(comparison);
  }
  const { best, worse, open, nearest, pair } = parts;
  const amount = `${parts.amount}${isShare ? ' points' : ''}`;
  const needed =
    pair.requiredSeeds === null
      ? 'no practical number of seeds would tell'
      : `about ${pair.requiredSeeds} seeds would be needed to tell`;
  if (open.length === 0) {
    return worse.length === 1
      ? `${best} is better than ${nearest} by ${amount} (${pair.seeds} seeds).`
      : `${best} is better than all ${worse.length} others; the closest is ${nearest}, worse by ${amount} (${pair.seeds} seeds).`;
  }
  if (worse.length > 0) {
    return `${best} is better than ${list(worse)}, but ${pair.seeds} seeds do not separate it from ${list(open)}: from ${nearest} it differs by ${amount}, and ${needed}.`;
  }
  if (pair.difference === 0) {
    const settings = open.length === 1 ? 'the two' : `the ${open.length + 1}`;
    return `${pair.seeds} seeds do not separate ${settings} settings: ${best} and ${nearest} have the same mean.`;
  }
  return open.length === 1
    ? `${pair.seeds} seeds do not separate ${best} and ${nearest}: they differ by ${amount}, and ${needed}.`
    : `${pair.seeds} seeds do not separate the ${open.length + 1} settings: ${best} has the best mean and differs from ${nearest} by ${amount}, and ${needed}.`;
};

const undecided: (comparison: Parameters<VerdictText>[0]) => string = ({ arms, verdict: { best } }) => {
  if (best == null) {
    return 'No setting could be trained to its end, so there is nothing to compare.';
  }
  return arms.filter(({ mean }) => mean !== null).length === 1
    ? `${quoted(best)} is the only setting with a result, so there is nothing to compare it with.`
    : `${quoted(best)} has the best value so far, but a verdict needs two settings with at least two seeds each.`;
};

const list = (names: readonly string[]): string => {
  const { shown, more } = shortList(names);
  const parts = more > 0 ? [...shown, `${more} others`] : shown;
  return parts.length === 1 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
};
