import { isTerminal, type RunSummary } from '../api/types';
import type { StudyState, StudySummary } from '../studies/useStudies';
import { loss, percent } from '../text/format';
import { text } from '../text/text';

/** A run or a study that ended while this browser waited for it. */
export type Notice = {
  readonly id: string;
  readonly name: string;
  /** In one line: the state, and the accuracy or the kind of failure. */
  readonly outcome: string;
} & (
  | { readonly kind: 'run'; readonly state: RunSummary['state'] }
  | { readonly kind: 'study'; readonly state: StudyState }
);

export const addressOf = ({ kind, id }: Notice): string => `/${kind === 'run' ? 'runs' : 'studies'}/${id}`;

export const stateText = (notice: Notice): string =>
  notice.kind === 'run' ? text.states[notice.state] : text.studies.states[notice.state];

/** The notices of changed runs; `take` says whether a run is waited for, and forgets it. */
export const noticesOf = (changed: readonly RunSummary[], take: (id: string) => boolean): Notice[] =>
  changed
    .filter(({ id, state }) => isTerminal(state) && take(id))
    .map((run) => ({ kind: 'run', id: run.id, name: run.name, state: run.state, outcome: outcomeOf(run) }));

function outcomeOf({ state, failure, bestValidationAccuracy }: RunSummary): string {
  const detail =
    state === 'failed' && failure !== null
      ? (text.failures[failure.class] ?? failure.class)
      : bestValidationAccuracy === null
        ? null
        : text.notices.accuracy(percent(bestValidationAccuracy));
  return detail === null ? text.states[state] : `${text.states[state]} · ${detail}`;
}

/** The notice of a study that has ended, with the best value that it found. */
export function studyNotice({ id, name, state, best, metric }: StudySummary): Notice {
  const value = best === null ? null : metric === 'validation_accuracy' ? percent(best.value) : loss(best.value);
  const outcome =
    value === null ? text.studies.states[state] : `${text.studies.states[state]} · ${text.notices.best(value)}`;
  return { kind: 'study', id, name, state, outcome };
}
