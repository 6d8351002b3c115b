import type { Text } from './en';
import { access } from './ko/access';
import { app } from './ko/app';
import { compare } from './ko/compare';
import { home } from './ko/home';
import { labs } from './ko/labs';
import { lessons } from './ko/lessons';
import { serverMessages } from './ko/messages';
import { newRun } from './ko/newRun';
import { playground } from './ko/playground';
import { run } from './ko/run';
import { runs } from './ko/runs';
import { runViews } from './ko/runViews';
import { studies } from './ko/studies';
import { system } from './ko/system';
import { techniques } from './ko/techniques';
import { templates } from './ko/templates';
import { vary } from './ko/vary';

/** All texts of the dashboard in Korean. */
export const ko: Text = {
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
  serverMessages,
};
