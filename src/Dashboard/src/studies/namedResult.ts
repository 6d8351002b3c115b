import type { Catalog } from '../api/types';
import { assignmentText, settingText } from '../text/settingText';
import type { StudyResult, TrialEntry } from './useStudies';

type Trials = readonly Pick<TrialEntry, 'number' | 'assignment'>[];

/** The result of a study with its settings under the names of the page: Adam (learning rate 0.01). */
export function namedResult(result: StudyResult, trials: Trials, catalog: Catalog | undefined): StudyResult {
  const names = namesOf(result.arms, trials, catalog);
  const nameOf = (name: string) => names.get(name) ?? name;
  const pairOf = <Pair extends { first: string; second: string }>(pair: Pair): Pair => ({
    ...pair,
    first: nameOf(pair.first),
    second: nameOf(pair.second),
  });
  const { comparison } = result;
  return {
    ...result,
    arms: result.arms.map((arm) => ({ ...arm, name: nameOf(arm.name) })),
    comparison: comparison && {
      arms: comparison.arms.map((arm) => ({ ...arm, name: nameOf(arm.name) })),
      pairs: comparison.pairs.map(pairOf),
      verdict: {
        ...comparison.verdict,
        best: comparison.verdict.best && nameOf(comparison.verdict.best),
        nearest: comparison.verdict.nearest && pairOf(comparison.verdict.nearest),
        notDistinguishable: comparison.verdict.notDistinguishable.map(nameOf),
      },
    },
  };
}

/** Where two settings would read the same, all keep the names of the service. */
function namesOf(arms: StudyResult['arms'], trials: Trials, catalog: Catalog | undefined): ReadonlyMap<string, string> {
  const shown = arms.map(({ name, trial }) => {
    const assignment = trials.find(({ number }) => number === trial)?.assignment;
    return assignment === undefined ? name : settingName(assignment, catalog);
  });
  return new Set(shown).size < shown.length
    ? new Map()
    : new Map(arms.map(({ name }, index) => [name, shown[index] ?? name]));
}

/** What a trial is compared as: the value of a single parameter, else each with its name. */
export function settingName(assignment: TrialEntry['assignment'], catalog: Catalog | undefined): string {
  const values = Object.values(assignment);
  return values.length === 1 ? settingText(values[0], catalog) : assignmentText(assignment, catalog);
}
