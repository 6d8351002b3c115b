// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PlaygroundClient } from './PlaygroundClient';
import { frameAt, openedAt, opening, ScriptedPlayground, update } from './testing/ScriptedPlayground';

const settled = () => new Promise((resolve) => setTimeout(resolve));
const clients: PlaygroundClient[] = [];

async function started(hub: ScriptedPlayground) {
  const drawn: (() => void)[] = [];
  const client = new PlaygroundClient(
    () => hub,
    { seed: 1 },
    (callback) => drawn.push(callback),
  );
  clients.push(client);
  await client.start();
  await settled();
  return { client, drawn };
}

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.stop()));
  vi.restoreAllMocks();
});

describe('PlaygroundClient', () => {
  it('opens a session with the settings and watches it', async () => {
    const hub = new ScriptedPlayground();
    const { client } = await started(hub);
    expect(hub.calls.slice(0, 2)).toEqual([
      { method: 'Open', args: [{ seed: 1 }] },
      { method: 'Watch', args: ['session-1'] },
    ]);
    expect(client.getState()).toMatchObject({ phase: 'ready', frame: { step: 0 }, isPlaying: false, isMixed: false });
    expect(client.getState().history.train).toHaveLength(1);
  });

  it('says why a session was not opened, and opens one when asked again', async () => {
    const hub = new ScriptedPlayground();
    hub.answers.open = () => Promise.reject(new Error('An unexpected error occurred.'));
    const { client } = await started(hub);
    expect(client.getState()).toMatchObject({
      phase: 'refused',
      refusal: { reason: 'failed', detail: 'An unexpected error occurred.' },
    });
    hub.answers.open = () => opening();
    client.again();
    await settled();
    expect(client.getState()).toMatchObject({ phase: 'ready', refusal: null });
  });

  it('confirms a frame when it is drawn, not before', async () => {
    const hub = new ScriptedPlayground();
    const { client, drawn } = await started(hub);
    hub.push(update(2, { type: 'frame', frame: frameAt(40) }, true));
    expect(client.getState()).toMatchObject({ isPlaying: true, frame: { step: 40 } });
    expect(hub.methods()).not.toContain('Shown');
    drawn[0]?.();
    expect(hub.calls.at(-1)).toEqual({ method: 'Shown', args: ['session-1', 2] });
  });

  it('pauses while the page is hidden, and plays on when it is shown again', async () => {
    let number = 2;
    const hub = new ScriptedPlayground({ pause: () => update(++number, { type: 'frame', frame: frameAt(50) }) });
    const { client } = await started(hub);
    const visibility = vi.spyOn(document, 'visibilityState', 'get');
    const show = async (state: 'visible' | 'hidden') => {
      visibility.mockReturnValue(state);
      document.dispatchEvent(new Event('visibilitychange'));
      await settled();
    };
    await client.play(30);
    await show('hidden');
    expect(hub.methods().at(-1)).toBe('Pause');
    expect(client.getState().isPlaying).toBe(false);
    await show('visible');
    expect(hub.calls.at(-1)).toEqual({ method: 'Play', args: ['session-1', 30] });

    // Who had paused finds it paused.
    await client.pause();
    await show('hidden');
    await show('visible');
    expect(client.getState().isPlaying).toBe(false);
  });

  it('ignores a frame that is older than what it has', async () => {
    const hub = new ScriptedPlayground({ step: () => update(5, { type: 'frame', frame: frameAt(50) }) });
    const { client } = await started(hub);
    await client.step(1);
    hub.push(update(4, { type: 'frame', frame: frameAt(40) }, true));
    expect(client.getState()).toMatchObject({ isPlaying: false, frame: { step: 50 } });
  });

  it('sends the newest settings only, while those before are on their way', async () => {
    let answer: (value: unknown) => void = () => {};
    const hub = new ScriptedPlayground({
      step: () => update(2, { type: 'frame', frame: frameAt(30) }),
      change: () => new Promise((resolve) => (answer = resolve)),
    });
    const { client } = await started(hub);
    await client.step(30);
    client.change({ seed: 2 });
    client.change({ seed: 3 });
    client.change({ seed: 4 });
    answer(opening({ update: update(3, { type: 'frame', frame: frameAt(30) }) }));
    await settled();
    expect(hub.calls.filter(({ method }) => method === 'Change').map(({ args }) => args[1])).toEqual([
      { seed: 2 },
      { seed: 4 },
    ]);
    // Weights that were trained with other settings are those of no run.
    expect(client.getState().isMixed).toBe(true);
    answer(opening({ update: update(4, openedAt()) }));
    await settled();
    expect(client.getState()).toMatchObject({ isMixed: false, frame: { step: 0 } });
    expect(client.getState().history.train).toHaveLength(1);
  });

  it('shows why there is no session, and takes other settings as a new attempt', async () => {
    const refused = opening({ session: null, update: null, refusal: 'too_many_sessions', limit: 8 });
    const hub = new ScriptedPlayground({ open: () => refused });
    const { client } = await started(hub);
    expect(client.getState()).toMatchObject({ phase: 'refused', refusal: { reason: 'too_many_sessions', limit: 8 } });
    hub.answers.open = () => opening();
    client.change({ seed: 2 });
    await settled();
    expect(client.getState()).toMatchObject({ phase: 'ready', refusal: null });
  });

  it('keeps what failed until a reset', async () => {
    const failure = {
      type: 'failed',
      class: 'diverged',
      code: 'loss_not_finite',
      message: 'no',
      arguments: {},
    } as never;
    const hub = new ScriptedPlayground({
      step: () => update(2, { type: 'failed', failure, frame: frameAt(7) }),
      reset: () => update(3, openedAt()),
    });
    const { client } = await started(hub);
    await client.step(10);
    expect(client.getState()).toMatchObject({ failure, frame: { step: 7 } });
    await client.reset();
    expect(client.getState()).toMatchObject({ failure: null, frame: { step: 0 } });
  });

  it('goes on with its session after a lost connection, paused', async () => {
    const hub = new ScriptedPlayground({ pause: () => update(3, { type: 'frame', frame: frameAt(60) }) });
    const { client } = await started(hub);
    await client.play(100);
    hub.lose();
    expect(client.getState()).toMatchObject({ phase: 'lost', isPlaying: false });
    hub.restore();
    await settled();
    expect(client.getState()).toMatchObject({ phase: 'ready', frame: { step: 60 } });
    expect(hub.methods()).toEqual(['Open', 'Watch', 'Play', 'Watch', 'Pause']);
  });

  it('sends settings that changed while the connection was lost', async () => {
    const hub = new ScriptedPlayground({
      pause: () => update(3, { type: 'frame', frame: frameAt(60) }),
      change: () => opening({ update: update(4, { type: 'frame', frame: frameAt(60) }) }),
    });
    const { client } = await started(hub);
    hub.lose();
    client.change({ seed: 2 });
    hub.restore();
    await settled();
    expect(hub.methods()).toEqual(['Open', 'Watch', 'Watch', 'Pause', 'Change']);
    expect(hub.calls.at(-1)?.args).toEqual(['session-1', { seed: 2 }]);
  });

  it('sends settings again that were on their way as the connection was lost', async () => {
    let drop: (error: Error) => void = () => {};
    const hub = new ScriptedPlayground({
      pause: () => update(3, { type: 'frame', frame: frameAt(60) }),
      change: () => new Promise((_, reject) => (drop = reject)),
    });
    const { client } = await started(hub);
    client.change({ seed: 2 });
    drop(new Error('The connection is lost.'));
    hub.lose();
    await settled();
    hub.answers.change = () => opening({ update: update(4, { type: 'frame', frame: frameAt(60) }) });
    hub.restore();
    await settled();
    expect(hub.calls.filter(({ method }) => method === 'Change').map(({ args }) => args[1])).toEqual([
      { seed: 2 },
      { seed: 2 },
    ]);
  });

  it('takes the beginning of its network late', async () => {
    const hub = new ScriptedPlayground({ pause: () => update(9, { type: 'frame', frame: frameAt(3) }) });
    const { client } = await started(hub);
    await client.pause();
    hub.push(update(8, { ...openedAt(), trainSamples: 77 }));
    expect(client.getState()).toMatchObject({ opened: { trainSamples: 77 }, frame: { step: 3 } });
  });

  it('keeps its session when the connection is lost at Play', async () => {
    const hub = new ScriptedPlayground({
      play: () => Promise.reject(new Error('The connection is lost.')),
      pause: () => update(3, { type: 'frame', frame: frameAt(60) }),
    });
    const { client } = await started(hub);
    const playing = client.play(100);
    hub.lose();
    await playing;
    hub.restore();
    await settled();
    expect(client.getState()).toMatchObject({ phase: 'ready', isPlaying: false, frame: { step: 60 } });
    expect(hub.methods()).toEqual(['Open', 'Watch', 'Play', 'Watch', 'Pause']);
    hub.answers.play = () => false;
    await client.play(100);
    expect(client.getState()).toMatchObject({ phase: 'ended', ended: 'unknown' });
  });

  it('says when the session has ended, and begins another on request', async () => {
    const hub = new ScriptedPlayground();
    const { client } = await started(hub);
    hub.push({ number: 0, playing: false, answer: null, ended: 'idle' });
    expect(client.getState()).toMatchObject({ phase: 'ended', ended: 'idle' });
    client.again();
    await settled();
    expect(client.getState()).toMatchObject({ phase: 'ready', ended: null });
  });

  it('closes the session with the page', async () => {
    const hub = new ScriptedPlayground();
    const { client } = await started(hub);
    await client.stop();
    expect(hub.calls.at(-1)).toEqual({ method: 'Close', args: ['session-1'] });
  });
});
