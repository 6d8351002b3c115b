import { compare } from './en/compare';
import { newRun } from './en/newRun';
import { run } from './en/run';
import { runs } from './en/runs';
import { runViews } from './en/runViews';
import { shell } from './en/shell';
import { system } from './en/system';

/** Every text of the dashboard in English. Another language is a second object of this shape. */
export const en = { ...shell, ...runs, ...run, ...runViews, ...newRun, ...compare, ...system };

export type Text = typeof en;
