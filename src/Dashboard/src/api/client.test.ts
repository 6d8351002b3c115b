// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { api, unwrap } from './client';
import { ApiError } from './problem';

const answer = (status: number, body: string, type = 'application/json') =>
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(body, { status, headers: { 'Content-Type': type } }));

const cancel = () => unwrap(api.POST('/api/v1/runs/{id}/cancel', { params: { path: { id: 'x' } } }));

afterEach(() => vi.restoreAllMocks());

describe('unwrap', () => {
  it('has the detail of the problem as its message', async () => {
    answer(409, '{"type":"/problems/run-ended","title":"The run has ended","detail":"Run x is failed."}');
    const error = await cancel().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ message: 'Run x is failed.', isTransient: false });
  });

  it('handles a body that is not JSON', async () => {
    answer(502, '<html>Bad gateway</html>', 'text/html');
    await expect(cancel()).rejects.toMatchObject({ problem: { status: 502 }, isTransient: true });
  });

  it('reports an unreachable service with status 0', async () => {
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('fetch failed'));
    await expect(cancel()).rejects.toMatchObject({ problem: { status: 0 }, isTransient: true });
  });

  it('repeats a query parameter for each value', async () => {
    let address = '';
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (request) => {
      address = (request as Request).url;
      return Response.json({ items: [], next: null });
    });
    await unwrap(api.GET('/api/v1/runs', { params: { query: { state: ['queued', 'running'] } } }));
    expect(address).toMatch(/\?state=queued&state=running$/);
  });
});
