import createClient from 'openapi-fetch';
import { ApiError, readProblem } from './problem';
import type { paths } from './schema';

/** The typed REST client. Addresses come from the generated paths. */
export const api = createClient<paths>({
  baseUrl: globalThis.location.origin,
  // Late-bound, so that a test can stand in for the network.
  fetch: (request) => globalThis.fetch(request),
  querySerializer: { array: { style: 'form', explode: true } },
});

interface Answer<Data> {
  data?: Data | undefined;
  error?: unknown;
  response: Response;
}

/** The data of an answer; throws an {@link ApiError} with the service's own explanation otherwise. */
export async function answered<Data>(call: Promise<Answer<Data>>): Promise<Data> {
  const answer = await reached(call);
  if (answer.response.ok && answer.data !== undefined) {
    return answer.data;
  }
  throw new ApiError(readProblem(answer.error, answer.response));
}

/** Waits for an answer that has no body, as 204; throws an {@link ApiError} otherwise. */
export async function accomplished(call: Promise<Answer<unknown>>): Promise<void> {
  const answer = await reached(call);
  if (!answer.response.ok) {
    throw new ApiError(readProblem(answer.error, answer.response));
  }
}

async function reached<Data>(call: Promise<Answer<Data>>): Promise<Answer<Data>> {
  try {
    return await call;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') {
      throw cause;
    }
    throw ApiError.unreachable(cause);
  }
}
