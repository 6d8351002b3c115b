import type { Catalog, ParameterDefinition } from '../api/types';
import { isObject, type Json, type JsonObject } from '../json/pointer';
import { fieldLabel } from '../text/labels';
import { settingText } from '../text/settingText';
import { text } from '../text/text';
import { type FormNode, isRelevant } from './layout';
import { isNonDefault, isSet, techniqueName } from './nonDefault';

/** A setting that differs from its default, for display. */
export interface ChangedSetting {
  readonly pointer: string;
  readonly label: string;
  readonly value: string;
}

/** Groups that are off unless they are set; the others are always there, and matter where a member differs. */
const switches: ReadonlySet<string> = new Set(['/data/augmentation', '/model/batchNorm', '/training/earlyStopping']);

/** Filled in with a default of the service, which the catalog does not know. */
const filled = '/training/timeLimitSeconds';

/** The settings of a section of a complete spec that differ from their defaults; techniques without a default are among them. */
export function changedSettings(
  catalog: Catalog,
  nodes: readonly FormNode[],
  section: string,
  value: Json | undefined,
): readonly ChangedSetting[] {
  const own: JsonObject = isObject(value) ? value : {};
  return nodes.flatMap((node): ChangedSetting[] => {
    const pointer = `/${section}/${node.name}`;
    const changed =
      pointer !== filled && isRelevant(pointer, own.kind)
        ? changedPart(catalog, node, own[node.name], pointer)
        : undefined;
    return changed === undefined
      ? []
      : [{ pointer, label: fieldLabel(pointer, node.name), value: shown(pointer, changed, catalog) }];
  });
}

/** What of a value differs from the default; undefined for nothing. */
function changedPart(catalog: Catalog, node: FormNode, value: Json | undefined, pattern: string): Json | undefined {
  if (node.type === 'group') {
    const members = isObject(value) ? node.nodes.map((child) => [child, value[child.name]] as const) : [];
    const changed = members.flatMap(([child, own]) => {
      const part = changedPart(catalog, child, own, `${pattern}/${child.name}`);
      return part === undefined ? [] : [[child.name, part] as const];
    });
    return changed.length > 0 ? Object.fromEntries(changed) : isSet(value) && switches.has(pattern) ? true : undefined;
  }
  if (node.type === 'field' && value === null && node.definition.default !== null) {
    return null;
  }
  if (!isNonDefault(node, value)) {
    return undefined;
  }
  switch (node.type) {
    case 'technique':
      return changedTechnique(catalog, node.kind, value);
    case 'list':
      return Array.isArray(value) ? value.map((item) => changedItem(catalog, node.nodes, item, `${pattern}/*`)) : value;
    default:
      return value;
  }
}

/** An item of a list: what matters of its members. Lists within it keep their length only. */
function changedItem(catalog: Catalog, nodes: readonly FormNode[], item: Json, pattern: string): Json {
  return isObject(item)
    ? Object.fromEntries(
        nodes.flatMap((node) => {
          const value = item[node.name];
          const part =
            node.type === 'again'
              ? Array.isArray(value) && value.length > 0
                ? text.figures.layers(value.length)
                : undefined
              : changedPart(catalog, node, value, `${pattern}/${node.name}`);
          return part === undefined ? [] : [[node.name, part] as const];
        }),
      )
    : item;
}

/** A technique with the parameters that differ from their defaults, and the learning rate, which one always wants to know. */
function changedTechnique(catalog: Catalog, kind: string, value: Json | undefined): Json | undefined {
  const name = techniqueName(value);
  if (!isObject(value) || name === null) {
    return value;
  }
  const parameters = catalog.techniques.find((one) => one.kind === kind && one.name === name)?.parameters ?? [];
  const changed = Object.entries(value).filter(([key, own]) => {
    const usual = parameters.find((parameter) => parameter.name === key);
    return key !== 'name' && isSet(own) && (key === 'learningRate' || !isSame(usual?.default, own));
  });
  return { name, ...Object.fromEntries(changed) };
}

const isSame = (usual: ParameterDefinition['default'] | undefined, value: Json): boolean =>
  JSON.stringify(usual ?? null) === JSON.stringify(value);

const shown = (pointer: string, value: Json, catalog: Catalog): string =>
  value === null
    ? pointer === '/training/batchSize'
      ? text.newRun.summary.fullBatch
      : settingText(null)
    : Array.isArray(value) && value.some(isObject)
      ? value.map((item) => settingText(item, catalog)).join(' · ')
      : settingText(value, catalog);
