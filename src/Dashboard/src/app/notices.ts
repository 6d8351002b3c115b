import { isTerminal, type RunSummary } from '../api/types';
import { percent } from '../text/format';
import { text } from '../text/text';

/** A run that ended while this browser waited for it. */
export interface Notice {
  readonly id: string;
  readonly name: string;
  readonly state: RunSummary['state'];
  /** In one line: the state, and the accuracy or the kind of failure. */
  readonly outcome: string;
}

/** The notices of changed runs; `take` says whether a run is waited for, and forgets it. */
export const noticesOf = (changed: readonly RunSummary[], take: (id: string) => boolean): Notice[] =>
  changed
    .filter(({ id, state }) => isTerminal(state) && take(id))
    .map((run) => ({ id: run.id, name: run.name, state: run.state, outcome: outcomeOf(run) }));

function outcomeOf({ state, failure, bestValidationAccuracy }: RunSummary): string {
  const detail =
    state === 'failed' && failure !== null
      ? (text.failures[failure.class] ?? failure.class)
      : bestValidationAccuracy === null
        ? null
        : text.notices.accuracy(percent(bestValidationAccuracy));
  return detail === null ? text.states[state] : `${text.states[state]} · ${detail}`;
}
