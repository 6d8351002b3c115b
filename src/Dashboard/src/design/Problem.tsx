import { ApiError } from '../api/problem';
import { findingMessage, translate } from '../text/serverMessages';
import { text } from '../text/text';
import { Button } from './Button';

/** Title and detail of a problem as sentences, each with one full stop. */
const joined = (title: string, detail: string | null): string =>
  detail === null || detail === title ? title : `${title.replace(/\.$/, '')}. ${detail}`;

/** The message of an error for the user. */
export function errorMessage(error: Error): string {
  if (!(error instanceof ApiError)) {
    return error.message;
  }
  const { status, title, detail } = error.problem;
  return status === 0 ? text.problem.unreachable : translate('actions', error.problem, joined(title, detail));
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
      <p>{errorMessage(error)}</p>
      {findings.length > 0 && (
        <ul>
          {findings.map((finding) => (
            <li key={`${finding.pointer} ${finding.message}`}>
              <code>{finding.pointer}</code> {findingMessage(finding)}
            </li>
          ))}
        </ul>
      )}
      {onRetry !== undefined && <Button onClick={onRetry}>{text.problem.retry}</Button>}
    </div>
  );
}
