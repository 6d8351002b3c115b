import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onServerClock, readServerClock, serverNow } from './serverClock';

const noon = Date.parse('2026-11-29T12:00:00Z');
const second = 1_000;
const hour = 3_600 * second;

/** A response that the service wrote at this time. */
const writtenAt = (time: number) => new Response(null, { headers: { Date: new Date(time).toUTCString() } });

beforeEach(() => void vi.useFakeTimers({ now: noon }));
afterEach(() => vi.useRealTimers());

describe('serverNow', () => {
  it.each([-5 * hour, 30 * hour])('follows the service when the browser is %d ms off', (behind) => {
    const service = noon + behind;
    readServerClock(writtenAt(service), noon);
    expect(Math.abs(serverNow() - service)).toBeLessThanOrEqual(2 * second);
    vi.advanceTimersByTime(90 * second);
    expect(Math.abs(serverNow() - service - 90 * second)).toBeLessThanOrEqual(2 * second);
  });

  it('stays where it is while responses do not contradict it', () => {
    readServerClock(writtenAt(noon), noon);
    const known = serverNow();
    const changed = vi.fn();
    const end = onServerClock(changed);
    // Whole seconds, and a slow response.
    readServerClock(writtenAt(noon - 900), noon - 20 * second);
    expect(serverNow()).toBe(known);
    expect(changed).not.toHaveBeenCalled();
    // The clock of the browser was set.
    vi.setSystemTime(noon + 3 * hour);
    readServerClock(writtenAt(noon + second), noon + 3 * hour);
    expect(changed).toHaveBeenCalledOnce();
    expect(Math.abs(serverNow() - noon)).toBeLessThanOrEqual(3 * second);
    end();
  });

  it('ignores a response without a readable date', () => {
    readServerClock(writtenAt(noon), noon);
    const known = serverNow();
    readServerClock(new Response(), noon);
    readServerClock(new Response(null, { headers: { Date: 'yesterday' } }), noon);
    expect(serverNow()).toBe(known);
  });
});
