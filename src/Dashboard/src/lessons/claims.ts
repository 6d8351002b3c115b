import { brief, duration, integer, percent } from '../text/format';
import { text } from '../text/text';
import type { ClaimOutcome, LessonClaim, LessonMeasure } from './useLessons';

const t = text.lessons;

const shares: ReadonlySet<LessonMeasure> = new Set<LessonMeasure>([
  'train_accuracy',
  'validation_accuracy',
  'accuracy_gap',
  'test_accuracy',
  'zero_share',
  'dead_share',
  'saturated_share',
]);
const counts: ReadonlySet<LessonMeasure> = new Set<LessonMeasure>([
  'epochs',
  'updates',
  'layer_count',
  'parameters',
  'completed_trials',
]);

export const isShare = (measure: LessonMeasure): boolean => shares.has(measure);

/** The format of a number that a claim measures. */
function formatOf({ value: { measure, epoch, across } }: LessonClaim): (value: number) => string {
  if (epoch === 'rise_share' || across === 'share_at_least' || shares.has(measure)) {
    return percent;
  }
  return measure === 'seconds'
    ? duration
    : measure === 'converged'
      ? (value) => (value > 0 ? t.yes : t.no)
      : counts.has(measure)
        ? integer
        : brief;
}

/** The format of what is compared with the bounds: a ratio has no unit. */
const resultFormat = (claim: LessonClaim) => (claim.over == null ? formatOf(claim) : brief);

/** What was measured, in words: 98.00% − 75.00% = 23.00%. */
export function measuredText(claim: LessonClaim, outcome: ClaimOutcome | undefined): string {
  if (outcome === undefined) {
    return text.units.none;
  }
  if (outcome.result === null) {
    return !outcome.infinite ? text.units.none : claim.value.when == null ? t.infinite : t.never;
  }
  const format = formatOf(claim);
  const result = resultFormat(claim)(outcome.result);
  const { value, minus, over } = outcome;
  if (value === null || (minus === null && over === null)) {
    return result;
  }
  const difference = minus === null ? format(value) : `${format(value)} − ${format(minus)}`;
  return over === null
    ? `${difference} = ${result}`
    : `${minus === null ? difference : `(${difference})`} / ${format(over)} = ${result}`;
}

/** The bounds in words: at least 80.00%. */
export function boundsText(claim: LessonClaim): string {
  const format = resultFormat(claim);
  const { atLeast, atMost } = claim;
  if (claim.value.measure === 'converged') {
    return format(atLeast ?? atMost ?? 0);
  }
  const bounds =
    atLeast != null && atMost != null
      ? atLeast === atMost
        ? format(atLeast)
        : t.between(format(atLeast), format(atMost))
      : atLeast != null
        ? t.atLeast(format(atLeast))
        : t.atMost(format(atMost ?? 0));
  return claim.tolerance === undefined || claim.tolerance === 0 ? bounds : `${bounds} ± ${format(claim.tolerance)}`;
}
