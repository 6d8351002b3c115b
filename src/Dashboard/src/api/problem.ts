import type { SpecFinding } from './types';

/** A ProblemDetails response (RFC 9457). */
export interface Problem {
  status: number;
  type: string;
  title: string;
  detail: string | null;
  findings: readonly SpecFinding[];
  /** The run that the service does not know. */
  run?: string | null;
  /** Code and arguments of the message, for problems that have them. */
  code?: string | null;
  arguments?: Readonly<Record<string, unknown>> | null;
  /** The part of a filter expression that is wrong. */
  start?: number | null;
  length?: number | null;
}

/** A response that is not a success. Status 0: the service could not be reached. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail ?? problem.title, options);
    this.problem = problem;
  }

  static unreachable(cause: unknown): ApiError {
    return new ApiError({ status: 0, type: 'unreachable', title: '', detail: null, findings: [] }, { cause });
  }

  /** Whether a retry may help: the network or the server failed, not the request. */
  get isTransient(): boolean {
    return this.problem.status === 0 || this.problem.status === 429 || this.problem.status >= 500;
  }
}

/** Whether nothing has this id, or an id of this form. */
export const isUnknown = (error: Error | null): boolean =>
  error instanceof ApiError && (error.problem.status === 404 || error.problem.status === 400);

const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Reads an error body of any kind: a gateway may respond with HTML. */
export function readProblem(body: unknown, response: Pick<Response, 'status' | 'statusText'>): Problem {
  const fields: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
  return {
    status: response.status,
    type: text(fields.type) ?? 'about:blank',
    title: text(fields.title) ?? `${response.status} ${response.statusText}`.trim(),
    detail: text(fields.detail),
    findings: Array.isArray(fields.findings) ? fields.findings : [],
    run: text(fields.run),
    code: text(fields.code),
    arguments: typeof fields.arguments === 'object' && fields.arguments !== null ? { ...fields.arguments } : null,
    start: number(fields.start),
    length: number(fields.length),
  };
}
