import { compare } from './en/compare';
import { newRun } from './en/newRun';
import { run } from './en/run';
import { runs } from './en/runs';
import { runViews } from './en/runViews';
import { shell } from './en/shell';
import { system } from './en/system';
import type { SaidWords } from './said';

/** Every text of the dashboard in English. Another language is a second object of this shape. */
export const en = {
  ...shell,
  ...runs,
  ...run,
  ...runViews,
  ...newRun,
  ...compare,
  ...system,
  /** What the service says by code; it says it in English itself. */
  said: null as SaidWords | null,
};

export type Text = typeof en;
