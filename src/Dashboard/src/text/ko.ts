import type { Text } from './en';
import { compare } from './ko/compare';
import { newRun } from './ko/newRun';
import { run } from './ko/run';
import { runs } from './ko/runs';
import { runViews } from './ko/runViews';
import { said } from './ko/said';
import { shell } from './ko/shell';
import { system } from './ko/system';

/** Every text of the dashboard in Korean. */
export const ko: Text = { ...shell, ...runs, ...run, ...runViews, ...newRun, ...compare, ...system, said };
