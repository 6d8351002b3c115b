import type { SpecInput } from '../api/types';
import { Button } from '../design/Button';
import { text } from '../text/text';
import { findTemplate } from './templates';
import type { useStart } from './useStart';

/** The template that a newcomer starts with one click. */
const first = findTemplate('xor');

/** Start and end of a run take longer than its training. */
const time = text.units.seconds(String(Math.max(1, Math.round(first?.measured.seconds ?? 1))));

/** Submits the first template, and shows its run. */
export const StartFirst = ({ start }: { start: ReturnType<typeof useStart> }) =>
  first !== undefined && (
    <Button
      primary
      blocked={start.isPending}
      onClick={() => start.mutate(first.spec as unknown as SpecInput)}
      data-start={first.id}
    >
      {start.isPending ? text.templates.starting : text.templates.start(text.templates.cards[first.id].title, time)}
    </Button>
  );
