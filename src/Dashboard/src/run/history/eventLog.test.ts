import { describe, expect, it } from 'vitest';
import { entry, epoch, notice as noticeEvent, progress } from '../../testing/samples';
import { appendLog, emptyLog } from './eventLog';

const notice = (seq: number) => entry(seq, noticeEvent(`notice ${seq}`));

describe('appendLog', () => {
  it('skips progress events', () => {
    expect(appendLog(emptyLog, [entry(1, progress(1))])).toBe(emptyLog);
  });

  it('drops the oldest routine events first, and counts them', () => {
    const log = appendLog(emptyLog, [notice(1), entry(2, epoch(1)), entry(3, epoch(2)), notice(4)], 3);
    expect(log.lines.map((line) => line.seq)).toEqual([1, 3, 4]);
    expect(log.dropped).toBe(1);
  });

  it('stays bounded when every event is important', () => {
    const log = appendLog(emptyLog, [notice(1), notice(2), notice(3)], 2);
    expect(log.lines.map((line) => line.seq)).toEqual([2, 3]);
    expect(log.dropped).toBe(1);
  });
});
