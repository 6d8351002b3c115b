import type { components } from '../api/schema';
import { differenceText } from './difference';

type ArmComparison = components['schemas']['ArmComparison'];
type Pair = NonNullable<ArmComparison['verdict']['nearest']>;

/** What a verdict is about, with names that can stand in a sentence. */
export interface VerdictParts {
  readonly best: string;
  /** Names of the settings that are worse for certain. */
  readonly worse: readonly string[];
  /** Names of the settings that are not told apart from the best. */
  readonly open: readonly string[];
  /** The other setting of the pair. */
  readonly nearest: string;
  readonly pair: Pair;
  /** 1.2 ± 0.3, of a share in percentage points. */
  readonly amount: string;
}

const maximumNames = 3;

/** A name of several settings has commas of its own. */
export const quoted = (name: string): string => (name.includes(', ') ? `“${name}”` : name);

/** The names that are shown of a list, and how many are left. */
export function shortList(names: readonly string[]): { shown: readonly string[]; more: number } {
  const shown = names.length <= maximumNames ? names : names.slice(0, maximumNames - 1);
  return { shown: shown.map(quoted), more: names.length - shown.length };
}

/** The parts of a verdict; null without a pair of settings that can be compared. */
export function verdictParts({ arms, verdict }: ArmComparison, isShare: boolean): VerdictParts | null {
  const { best, nearest: pair, notDistinguishable: open } = verdict;
  if (best == null || pair == null) {
    return null;
  }
  const others = arms.filter(({ name, mean }) => mean !== null && name !== best).map(({ name }) => name);
  return {
    best: quoted(best),
    worse: others.filter((name) => !open.includes(name)),
    open,
    nearest: quoted(pair.first === best ? pair.second : pair.first),
    pair,
    amount: differenceText(pair, isShare),
  };
}
