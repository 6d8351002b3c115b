import type { Catalog } from '../api/types';
import { at, isObject, type Json } from '../json/pointer';
import { integer, wholePercent } from '../text/format';
import { fieldLabel } from '../text/labels';
import { text } from '../text/text';
import { type FormNode, isFirst, isRelevant } from './layout';
import { isNonDefault, isSet, techniqueName } from './nonDefault';

const t = text.newRun.summary;

interface Setting {
  readonly catalog: Catalog;
  /** The spec with every default filled in where it is known, else as written. */
  readonly spec: Json;
}

/** The settings of a section as one line. */
export function sectionSummary({ catalog, spec }: Setting, section: string, nodes: readonly FormNode[]): string {
  const value = section === 'run' ? spec : at(spec, `/${section}`);
  const own = summaries[section]?.({ catalog, spec }) ?? [];
  const kind = isObject(value) ? value.kind : undefined;
  const others = nodes
    .filter(
      ({ name }) =>
        !isFirst(`/${section}`, name) &&
        !(told[section] ?? []).includes(name) &&
        isRelevant(`/${section}/${name}`, kind),
    )
    .filter((node) => isObject(value) && isNonDefault(node, value[node.name]))
    .map(({ name }) => fieldLabel(`/${section}/${name}`, name).toLowerCase());
  return [...own, ...others].filter((part) => part !== '').join(' · ');
}

/** Members that a summary tells although they are not among the usual ones. */
const told: Readonly<Record<string, readonly string[]>> = {
  run: ['name', 'experiment', 'seed'],
  data: ['trainLimit', 'validationCount'],
};

const textOf = (spec: Json, pointer: string): string => {
  const value = at(spec, pointer);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

/** A technique with the parameter that matters most. */
function technique({ catalog, spec }: Setting, pointer: string, parameter?: string): string {
  const value = at(spec, pointer);
  const name = techniqueName(value);
  const kinds = { '/data/dataset': 'dataset', '/training/weightDecay': 'weight_decay' } as Record<string, string>;
  const kind = kinds[pointer] ?? pointer.split('/').at(-1);
  const title = catalog.techniques.find((one) => one.kind === kind && one.name === name)?.title ?? name ?? '';
  const setting = parameter !== undefined && isObject(value) ? value[parameter] : undefined;
  return typeof setting === 'number' ? `${title} ${setting}` : title;
}

const summaries: Readonly<Record<string, (setting: Setting) => string[]>> = {
  run: ({ spec }) => [textOf(spec, '/name'), textOf(spec, '/experiment'), t.seed(textOf(spec, '/seed') || '0')],
  data: (setting) => {
    const { spec } = setting;
    const count = at(spec, '/data/validationCount');
    const fraction = at(spec, '/data/validationFraction');
    const limit = at(spec, '/data/trainLimit');
    return [
      technique(setting, '/data/dataset'),
      typeof count === 'number'
        ? t.validation(integer(count))
        : typeof fraction === 'number'
          ? t.validation(wholePercent(fraction))
          : '',
      typeof limit === 'number' ? t.limit(integer(limit)) : '',
    ];
  },
  model: (setting) => {
    const { spec } = setting;
    const [blocks, layers, dense] = ['blocks', 'layers', 'dense'].map((name) => at(spec, `/model/${name}`));
    const kind = textOf(spec, '/model/kind');
    const dropout = ['conv', 'dense'].map((name) => at(spec, `/model/dropout/${name}`)).filter((rate) => rate !== 0);
    const isOwn = kind !== 'layers';
    return [
      kind === 'preset' ? technique(setting, '/model/preset') : (t.kinds[kind] ?? kind),
      kind === 'cnn' && Array.isArray(blocks)
        ? t.blocks(blocks.map((block) => (isObject(block) ? String(block.filters ?? '?') : '?')).join(', '))
        : '',
      kind === 'layers' && Array.isArray(layers) ? text.figures.layers(layers.length) : '',
      isSet(dense) && Array.isArray(dense) && (kind === 'cnn' || kind === 'mlp')
        ? t.dense(dense.map(String).join(', '))
        : '',
      isOwn ? technique(setting, '/model/activation') : '',
      isOwn ? technique(setting, '/model/initialization') : '',
      isOwn && isSet(at(spec, '/model/batchNorm')) && at(spec, '/model/batchNorm') !== false ? t.batchNorm : '',
      isOwn && dropout.some((rate) => typeof rate === 'number')
        ? t.dropout(dropout.filter((rate) => typeof rate === 'number').join(', '))
        : '',
    ];
  },
  training: (setting) => {
    const { spec } = setting;
    const [epochs, batch] = [at(spec, '/training/epochs'), at(spec, '/training/batchSize')];
    const none = (pointer: string, name: string) => techniqueName(at(spec, pointer)) === name;
    return [
      typeof epochs === 'number' ? text.runs.epochs(epochs, integer(epochs)) : '',
      typeof batch === 'number' ? t.batch(integer(batch)) : batch === null || batch === 'full' ? t.fullBatch : '',
      technique(setting, '/training/optimizer', 'learningRate'),
      none('/training/schedule', 'constant') ? '' : technique(setting, '/training/schedule'),
      none('/training/weightDecay', 'none') ? '' : technique(setting, '/training/weightDecay', 'strength'),
    ];
  },
};

/** An item of a list as one line: 16 filters, kernel 3, pool max. */
export function itemSummary(list: string, item: Json): string {
  if (!isObject(item)) {
    return String(item);
  }
  return Object.entries(item)
    .filter(([name, value]) => !(list === 'layers' && name === 'kind') && isSet(value))
    .map(([name, value]) => {
      const shown = Array.isArray(value) ? text.figures.layers(value.length) : (techniqueName(value) ?? String(value));
      return `${fieldLabel(`/model/${list}/*/${name}`, name)} ${shown}`;
    })
    .join(' · ');
}
