import type { SettingGroup } from '../api/types';
import { brief } from '../text/format';
import { humanize } from '../text/labels';
import { techniquesOf } from '../text/settings';
import { text } from '../text/text';
import { titleOf, valueText } from './columns';
import { quoted } from './completeWhere';

/** All that training depends on, except the seed: runs that differ in the seed only are a group. */
export const settingKey = 'setting';

/** The API's maximum. */
export const maximumGroupKeys = 4;

/** Settings that are varied most, offered first. */
export const usualKeys: readonly string[] = [
  'experiment',
  'param.training.optimizer.name',
  'param.training.optimizer.learningRate',
  'param.training.batchSize',
  'param.model.activation.name',
  'param.model.initialization.name',
  'param.data.dataset.name',
];

/** The settings of the URL's parameter; invalid ones are left out. */
export const readGroupKeys = (value: string | null): readonly string[] =>
  [...new Set((value ?? '').split(','))]
    .filter((key) => key === settingKey || key === 'experiment' || /^param(?:\.[\w*-]+)+$/.test(key))
    .slice(0, maximumGroupKeys);

/** Usual settings have short names: Optimizer, Learning rate. */
export function groupKeyTitle(key: string): string {
  const path = key.split('.').slice(1);
  const shown = path.length > 1 && path.at(-1) === 'name' ? path.slice(0, -1) : path;
  return key === settingKey
    ? text.groups.overSeeds
    : key === 'experiment'
      ? text.groups.experiment
      : usualKeys.includes(key)
        ? humanize(shown.at(-1) ?? '')
        : titleOf(`param.${shown.join('.')}`);
}

const groupValueText = (key: string, value: unknown): string =>
  value === null || value === undefined ? text.groups.missing : valueText(key, value);

/** The values of a group, for people. Equal settings have the name of their latest run. */
export const groupTitle = (group: SettingGroup, keys: readonly string[]): string =>
  keys
    .map((key) =>
      key === settingKey
        ? (group.latest?.name ?? text.groups.missing)
        : keys.length === 1
          ? groupValueText(key, group.values[key])
          : `${groupKeyTitle(key)}: ${groupValueText(key, group.values[key])}`,
    )
    .join(', ');

/** What the name of a run may leave open: XOR · MLP · Adam · learning rate 0.05. */
export const settingText = ({ latest }: SettingGroup): string | null =>
  latest === null ? null : [...techniquesOf(latest), text.groups.rate(brief(latest.learningRate))].join(' · ');

/** The filter expression of a group's runs, within the filter of the page. */
export function groupWhere(group: SettingGroup, keys: readonly string[], where: string | null): string {
  const conditions = keys.map((key) => {
    const value: unknown = group.values[key];
    return `${key} = ${value === null || value === undefined ? 'null' : typeof value === 'string' ? `"${value.replaceAll('"', '""')}"` : quoted(String(value))}`;
  });
  return [...(where === null ? [] : [`(${where})`]), ...conditions].join(' and ');
}
