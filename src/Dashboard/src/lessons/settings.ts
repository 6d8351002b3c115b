import { text } from '../text/text';
import { say } from './localized';
import type { ChosenOption, LessonAttempt, LessonDetail, LessonSetting, StartLessonRequest } from './useLessons';

const t = text.lessons.settings;

/** The seed of a lesson as it is: the default of specs and studies. */
export const usualSeed = 1;
const largestSeed = 2_147_483_647;

/** What is chosen for an attempt, beside the prediction. */
export interface Chosen {
  readonly size: LessonAttempt['size'];
  /** As it was typed; empty for that of the lesson. */
  readonly seed: string;
  /** Options of settings, by the id of the setting; by default those of the lesson as it is. */
  readonly options: Readonly<Record<string, string>>;
}

export const asItIs: Chosen = { size: 'full', seed: '', options: {} };

/** The option that changes nothing. */
const usualOption = ({ options }: LessonSetting) => options.find(({ changes }) => changes == null)?.id ?? '';

/** The option of a setting that is chosen. */
export const optionOf = (setting: LessonSetting, { options }: Chosen): string =>
  options[setting.id] ?? usualOption(setting);

/** The options of the publication; null for a lesson without such a size. */
export function publishedOf({ settings }: Pick<LessonDetail, 'settings'>): Chosen['options'] | null {
  const options = settings.flatMap((setting) =>
    setting.options.filter(({ published }) => published).map(({ id }) => [setting.id, id] as const),
  );
  return options.length === 0 ? null : Object.fromEntries(options);
}

export const isSeed = (typed: string): boolean => /^\s*\d*\s*$/.test(typed) && Number(typed) <= largestSeed;

/** Null for that of the lesson, and for what is no seed. */
export const seedOf = ({ seed }: Chosen): number | null => (seed.trim() === '' || !isSeed(seed) ? null : Number(seed));

/** The request of an attempt: only what differs from the lesson as it is. */
export function requestOf({ settings }: Pick<LessonDetail, 'settings'>, chosen: Chosen): StartLessonRequest {
  const changed: ChosenOption[] = settings
    .map((setting) => ({ id: setting.id, option: optionOf(setting, chosen), usual: usualOption(setting) }))
    .filter(({ option, usual }) => option !== usual)
    .map(({ id, option }) => ({ id, option }));
  const seed = seedOf(chosen);
  return {
    ...(chosen.size === 'quick' && { size: chosen.size }),
    ...(seed !== null && { seed }),
    ...(changed.length > 0 && { settings: changed }),
  };
}

/** Whether an attempt, or a choice for one, runs the lesson with other settings than it has. */
export const isChanged = ({ settings }: Pick<LessonDetail, 'settings'>, chosen: readonly ChosenOption[]): boolean =>
  settings.some((setting) => chosen.some(({ id, option }) => id === setting.id && option !== usualOption(setting)));

/** What an attempt was run with, in words; null for a lab, which has nothing to set. */
export function settingsText(
  lesson: Pick<LessonDetail, 'kind' | 'hasQuickSize' | 'settings'>,
  { size, seed, settings }: Pick<LessonAttempt, 'size' | 'seed' | 'settings'>,
): string | null {
  if (lesson.kind === 'lab') {
    return null;
  }
  const options = settings.map(({ id, option }) => {
    const setting = lesson.settings.find((one) => one.id === id);
    const label = setting?.options.find((one) => one.id === option)?.label;
    return t.option(setting === undefined ? id : say(setting.label), label === undefined ? option : say(label));
  });
  return [...(lesson.hasQuickSize ? [t.sizes[size]] : []), t.seedIs(String(seed ?? usualSeed)), ...options].join(' · ');
}
