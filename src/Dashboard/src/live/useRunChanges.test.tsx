// @vitest-environment jsdom
import { act, screen } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../testing/renderPage';
import type { RunChanges } from './followRun';
import { useRunChanges } from './useRunChanges';

const changes = { changed: [], deleted: ['a run'], studies: ['a study'], missed: false };

function Listener({ heard }: { heard: RunChanges[] }) {
  useRunChanges((item) => heard.push(item));
  return null;
}

function Page({ first, second }: { first: RunChanges[]; second: RunChanges[] }) {
  const [isShown, setShown] = useState(false);
  return (
    <>
      <Listener heard={first} />
      {isShown && <Listener heard={second} />}
      <button type="button" onClick={() => setShown(!isShown)} />
    </>
  );
}

describe('useRunChanges', () => {
  it('shares a stream, whose first item and whose new listeners may have missed something', async () => {
    const [first, second]: [RunChanges[], RunChanges[]] = [[], []];
    const hub = await renderPage(<Page first={first} second={second} />);
    const toggle = () => act(async () => screen.getByRole('button').click());
    const stream = hub.newest('WatchRunChanges');
    stream.send(changes);
    expect(first).toEqual([{ ...changes, missed: true }]);

    await toggle();
    expect(second.map(({ missed }) => missed)).toEqual([true]);
    stream.send(changes);
    expect(first.at(-1)).toEqual(changes);
    expect(second.at(-1)).toEqual(changes);
    expect(hub.opened).toHaveLength(1);

    await toggle();
    expect(stream.isOpen()).toBe(true);
  });

  it('has missed something after the connection was lost', async () => {
    const heard: RunChanges[] = [];
    const hub = await renderPage(<Listener heard={heard} />);
    hub.newest('WatchRunChanges').send(changes);
    hub.newest('WatchRunChanges').send(changes);
    hub.newest('WatchRunChanges').fail(new Error('refused'));
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    hub.newest('WatchRunChanges').send(changes);
    expect(heard.map(({ missed }) => missed)).toEqual([true, false, true]);
    expect(hub.opened).toHaveLength(2);
  });
});
