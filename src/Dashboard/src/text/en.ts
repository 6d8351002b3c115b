import { access } from './en/access';
import { app } from './en/app';
import { compare } from './en/compare';
import { home } from './en/home';
import { labs } from './en/labs';
import { lessons } from './en/lessons';
import { newRun } from './en/newRun';
import { playground } from './en/playground';
import { run } from './en/run';
import { runs } from './en/runs';
import { runViews } from './en/runViews';
import { studies } from './en/studies';
import { system } from './en/system';
import { techniques } from './en/techniques';
import { templates } from './en/templates';
import { vary } from './en/vary';
import type { ServerMessages } from './serverMessages';

/** All texts of the dashboard in English. Other languages have the same shape. */
export const en = {
  ...app,
  ...home,
  ...runs,
  ...run,
  ...runViews,
  ...newRun,
  ...vary,
  ...techniques,
  ...templates,
  ...compare,
  ...studies,
  ...playground,
  ...lessons,
  ...labs,
  ...system,
  ...access,
  /** Translations of the service's messages; null for English. */
  serverMessages: null as ServerMessages | null,
};

export type Text = typeof en;
