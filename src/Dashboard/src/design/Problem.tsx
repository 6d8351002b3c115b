import { ApiError } from '../api/problem';
import type { SpecFinding } from '../api/types';
import { placeOf } from '../text/place';
import { findingMessage, problemMessage } from '../text/serverMessages';
import { text } from '../text/text';
import { Button } from './Button';

/** Title and detail of a problem as sentences, each with one full stop. */
const joined = (title: string, detail: string | null): string =>
  detail === null || detail === title ? title : `${title.replace(/\.$/, '')}. ${detail}`;

/** A finding with its place in the words of the forms: Epochs: must be at least 1. */
const findingText = (finding: SpecFinding): string => {
  const place = placeOf(finding.pointer);
  return place === '' ? findingMessage(finding) : `${place}: ${findingMessage(finding)}`;
};

/** The message of an error for the user. */
export function errorMessage(error: Error): string {
  if (!(error instanceof ApiError)) {
    return error.message;
  }
  const { problem } = error;
  const [finding, ...others] = problem.findings;
  return problem.status === 0
    ? text.problem.unreachable
    : finding === undefined
      ? problemMessage(problem, joined(problem.title, problem.detail))
      : `${findingText(finding)}${others.length === 0 ? '' : ` ${text.problem.moreFindings(others.length)}`}`;
}

interface ProblemProps {
  title: string;
  error: Error;
  onRetry?: () => void;
}

/** An error in place of content: what failed, why, and a way to retry. */
export function Problem({ title, error, onRetry }: ProblemProps) {
  const findings = error instanceof ApiError ? error.problem.findings : [];
  return (
    <div className="message message-danger" role="alert">
      <h2>{title}</h2>
      {findings.length > 0 ? (
        <ul>
          {findings.map((finding) => (
            <li key={`${finding.pointer} ${finding.message}`}>{findingText(finding)}</li>
          ))}
        </ul>
      ) : (
        <p>{errorMessage(error)}</p>
      )}
      {onRetry !== undefined && <Button onClick={onRetry}>{text.problem.retry}</Button>}
    </div>
  );
}
