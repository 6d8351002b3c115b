import { ApiError } from '../api/problem';
import { messageOf, say } from '../text/said';
import { text } from '../text/text';

/** What an error says to a person. */
export function explain(error: Error): string {
  if (!(error instanceof ApiError)) {
    return error.message;
  }
  const { status, title, detail } = error.problem;
  return status === 0
    ? text.problem.unreachable
    : say('actions', error.problem, detail === null || detail === title ? title : `${title}. ${detail}`);
}

interface ProblemProps {
  title: string;
  error: Error;
  onRetry?: () => void;
}

/** An error where content should be: what failed, why, and a way on. */
export function Problem({ title, error, onRetry }: ProblemProps) {
  const findings = error instanceof ApiError ? error.problem.findings : [];
  return (
    <div className="message message-danger" role="alert">
      <h2>{title}</h2>
      <p>{explain(error)}</p>
      {findings.length > 0 && (
        <ul>
          {findings.map((finding) => (
            <li key={`${finding.pointer} ${finding.message}`}>
              <code>{finding.pointer}</code> {messageOf(finding)}
            </li>
          ))}
        </ul>
      )}
      {onRetry !== undefined && (
        <button type="button" className="button" onClick={onRetry}>
          {text.problem.retry}
        </button>
      )}
    </div>
  );
}
