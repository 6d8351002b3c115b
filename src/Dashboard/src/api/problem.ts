import type { SpecFinding } from './types';

/** A problem (RFC 9457) as the service reports it. */
export interface Problem {
  status: number;
  type: string;
  title: string;
  detail: string | null;
  findings: readonly SpecFinding[];
  /** The run that the service does not know. */
  run?: string | null;
  /** What it says, where it has a code, and what that is made with. */
  code?: string | null;
  arguments?: Readonly<Record<string, unknown>> | null;
}

/** An answer that is not a success. Status 0: the service could not be reached. */
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

  /** Whether asking again may help: the network or the server failed, not the question. */
  get isTransient(): boolean {
    return this.problem.status === 0 || this.problem.status === 429 || this.problem.status >= 500;
  }
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Reads an error body, whatever it is: a gateway in between may answer with HTML. */
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
  };
}
