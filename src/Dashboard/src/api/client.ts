import createClient from 'openapi-fetch';
import { ApiError, readProblem } from './problem';
import type { paths } from './schema';
import { readServerClock } from './serverClock';

/** The event of the window after a response with status 401: the session has ended. */
export const unauthorized = 'trainyard:unauthorized';

/** The typed REST client, made from the generated paths. */
export const api = createClient<paths>({
  baseUrl: globalThis.location.origin,
  fetch: async (request) => {
    // Bound late, so that tests can replace fetch.
    const sentAt = Date.now();
    const response = await globalThis.fetch(request);
    readServerClock(response, sentAt);
    if (response.status === 401) {
      window.dispatchEvent(new Event(unauthorized));
    }
    return response;
  },
  querySerializer: { array: { style: 'form', explode: true } },
});

interface Answer<Data> {
  data?: Data | undefined;
  error?: unknown;
  response: Response;
}

/** The data of a successful response; throws an {@link ApiError} otherwise. */
export async function unwrap<Data>(call: Promise<Answer<Data>>): Promise<Data> {
  const answer = await settled(call);
  if (answer.response.ok && answer.data !== undefined) {
    return answer.data;
  }
  throw new ApiError(readProblem(answer.error, answer.response));
}

/** Waits for a successful response without a body, such as 204; throws an {@link ApiError} otherwise. */
export async function ensureOk(call: Promise<Answer<unknown>>): Promise<void> {
  const answer = await settled(call);
  if (!answer.response.ok) {
    throw new ApiError(readProblem(answer.error, answer.response));
  }
}

async function settled<Data>(call: Promise<Answer<Data>>): Promise<Answer<Data>> {
  try {
    return await call;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') {
      throw cause;
    }
    throw ApiError.unreachable(cause);
  }
}

/** A fresh idempotency key. crypto.randomUUID is missing on pages that are served neither from loopback nor over HTTPS. */
export const newIdempotencyKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
