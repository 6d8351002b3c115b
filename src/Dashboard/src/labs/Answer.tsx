import type { ReactNode } from 'react';
import { ApiError } from '../api/problem';
import { Loaded } from '../design/Loaded';
import { Problem } from '../design/Problem';
import { duration } from '../text/format';
import { translate } from '../text/serverMessages';
import { text } from '../text/text';
import type { LabAnswer, LabName, Labs, useLabAnswer } from './useLab';

const t = text.labs;

interface AnswerProps<Name extends LabName> {
  query: ReturnType<typeof useLabAnswer<Name>>;
  heights?: readonly number[];
  children: (result: Labs[Name]['result'], answer: LabAnswer<Name>) => ReactNode;
}

/** The result of a lab; while a new one is computed, the one before; else why there is none. */
export function Answer<Name extends LabName>({ query, heights = [320], children }: AnswerProps<Name>) {
  const { data, error, isPlaceholderData, refetch } = query;
  if (error !== null) {
    return <Problem title={titleOf(error)} error={error} onRetry={() => void refetch()} />;
  }
  return (
    <Loaded query={query} errorTitle={t.answerError} heights={heights} label={t.loading} className="stack">
      {(answer) =>
        answer.result === null ? (
          <Problem
            title={t.answerError}
            error={new Error(answer.failure === null ? '' : translate('run', answer.failure, answer.failure.message))}
            onRetry={() => void refetch()}
          />
        ) : (
          <div className="lab-answer stack" aria-busy={isPlaceholderData}>
            {children(answer.result, answer)}
            <p className="card-note lab-time" role="status">
              {isPlaceholderData ? t.updating : data?.seconds == null ? '' : t.answered(duration(data.seconds))}
            </p>
          </div>
        )
      }
    </Loaded>
  );
}

const titleOf = (error: Error): string =>
  error instanceof ApiError && error.problem.status === 422
    ? t.invalid
    : error instanceof ApiError && error.problem.status === 403
      ? t.readOnly
      : t.answerError;
