import type { Catalog, ParameterDefinition, TechniqueKind } from '../api/types';
import { segmentsOf } from '../json/pointer';

/** A field, group or list of the form. Its pointer is its name below the pointer of its parent. */
export type FormNode =
  | { readonly type: 'field'; readonly name: string; readonly definition: ParameterDefinition }
  | { readonly type: 'numbers'; readonly name: string; readonly definition: ParameterDefinition }
  | { readonly type: 'technique'; readonly name: string; readonly kind: TechniqueKind }
  | { readonly type: 'group'; readonly name: string; readonly nodes: readonly FormNode[] }
  | { readonly type: 'list'; readonly name: string; readonly nodes: readonly FormNode[] }
  /** The enclosing list, nested in itself. */
  | { readonly type: 'again'; readonly name: string };

/** Members of a spec that name a technique. Kinds that the catalog does not have are skipped. */
const techniques: readonly (readonly [pointer: string, kind: string])[] = [
  ['/data/dataset', 'dataset'],
  ['/model/preset', 'preset'],
  ['/model/activation', 'activation'],
  ['/model/initialization', 'initialization'],
  ['/model/blocks/*/activation', 'activation'],
  ['/model/blocks/*/initialization', 'initialization'],
  ['/model/layers/*/activation', 'activation'],
  ['/model/layers/*/initialization', 'initialization'],
  ['/training/optimizer', 'optimizer'],
  ['/training/schedule', 'schedule'],
  ['/training/weightDecay', 'weight_decay'],
  ['/training/gradientClipping', 'gradient_clipping'],
];

/** Pointers of the members of a spec that name a technique, outside of lists. */
export const techniquePointers: readonly string[] = techniques
  .map(([pointer]) => pointer)
  .filter((pointer) => !pointer.includes('*'));

/** Members that come first, in this order; the others follow in the order of the catalog. */
const order: readonly string[] = [
  ...['name', 'experiment', 'seed', 'data', 'model', 'training'],
  ...['dataset', 'kind', 'preset', 'blocks', 'layers', 'globalPool', 'activation', 'initialization'],
  ...['epochs', 'batchSize', 'optimizer', 'schedule', 'weightDecay', 'gradientClipping'],
];

/** Members that are always visible, by pattern; the others of these patterns are collapsed. Elsewhere all members are visible. */
const first: Readonly<Record<string, readonly string[]>> = {
  '/data': ['dataset', 'validationFraction'],
  '/model': ['kind', 'preset', 'blocks', 'layers', 'dense', 'activation', 'initialization', 'batchNorm', 'dropout'],
  '/data/augmentation': ['flip', 'crop'],
  '/model/batchNorm': ['position'],
  '/training/earlyStopping': ['metric', 'patience'],
  '/model/blocks/*': ['filters', 'convolutions', 'kernel', 'pool'],
  '/model/layers/*': ['kind', 'filters', 'kernel', 'units', 'pool', 'size', 'rate', 'activation', 'layers'],
  '/training': ['epochs', 'batchSize', 'optimizer', 'schedule', 'weightDecay'],
};

/** Members that only some kinds of model or layer have. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  '/model/preset': ['preset'],
  '/model/blocks': ['cnn'],
  '/model/layers': ['layers'],
  '/model/globalPool': ['cnn'],
  '/model/dense': ['mlp', 'cnn'],
  '/model/layers/*/filters': ['conv'],
  '/model/layers/*/kernel': ['conv'],
  '/model/layers/*/stride': ['conv'],
  '/model/layers/*/padding': ['conv'],
  '/model/layers/*/dilation': ['conv'],
  '/model/layers/*/bias': ['conv', 'dense'],
  '/model/layers/*/initialization': ['conv', 'dense'],
  '/model/layers/*/units': ['dense'],
  '/model/layers/*/pool': ['pool', 'global_pool'],
  '/model/layers/*/size': ['pool'],
  '/model/layers/*/rate': ['dropout'],
  '/model/layers/*/activation': ['activation'],
  '/model/layers/*/layers': ['residual'],
};

/** Members without effect in a model of custom layers, where each layer has its own. */
const withoutShared = new Set(['/model/activation', '/model/initialization', '/model/batchNorm', '/model/dropout']);

/** The pattern with layers inside residual layers mapped to the outermost list. */
export const flattened = (pattern: string): string => pattern.replace(/(\/model\/layers\/\*)(?:\/layers\/\*)+/, '$1');

/** Whether a member below a pattern is always visible. */
export const isFirst = (pattern: string, name: string): boolean => first[flattened(pattern)]?.includes(name) ?? true;

/** Whether a member applies to a kind of model or layer. A pattern is a pointer with * for each index. */
export function isRelevant(pattern: string, kind: unknown): boolean {
  const flat = flattened(pattern);
  if (withoutShared.has(flat)) {
    return kind !== 'layers';
  }
  const needed = kinds[flat];
  return needed === undefined || (typeof kind === 'string' && needed.includes(kind));
}

interface Branch {
  definition?: ParameterDefinition;
  technique?: TechniqueKind;
  readonly children: Map<string, Branch>;
}

/** The form for a catalog. */
export function layoutOf(catalog: Catalog): readonly FormNode[] {
  const root: Branch = { children: new Map() };
  for (const { pointer, definition } of catalog.fields) {
    reach(root, pointer).definition = definition;
  }
  for (const [pointer, kind] of techniques) {
    const found = catalog.techniques.find((technique) => technique.kind === kind);
    const list = pointer.includes('*') ? pointer.slice(0, pointer.indexOf('/*')) : null;
    if (found !== undefined && (list === null || exists(root, list))) {
      reach(root, pointer).technique = found.kind;
    }
  }
  // The version is fixed.
  root.children.delete('version');
  return nodesOf(root, '');
}

function reach(root: Branch, pointer: string): Branch {
  let branch = root;
  for (const segment of segmentsOf(pointer)) {
    const next = branch.children.get(segment) ?? { children: new Map() };
    branch.children.set(segment, next);
    branch = next;
  }
  return branch;
}

const exists = (root: Branch, pointer: string): boolean => {
  let branch: Branch | undefined = root;
  for (const segment of segmentsOf(pointer)) {
    branch = branch?.children.get(segment);
  }
  return branch !== undefined;
};

/** The seed of a section, unlike that of the run, comes last. */
const rank = (name: string, pattern: string): number => {
  const place = name === 'seed' && pattern !== '' ? -1 : order.indexOf(name);
  return place < 0 ? order.length : place;
};

function nodesOf(branch: Branch, pattern: string): FormNode[] {
  return [...branch.children]
    .sort(([a], [b]) => rank(a, pattern) - rank(b, pattern))
    .flatMap(([name, child]) => nodeOf(name, child, `${pattern}/${name}`));
}

function nodeOf(name: string, branch: Branch, pattern: string): FormNode[] {
  if (branch.technique !== undefined) {
    return [{ type: 'technique', name, kind: branch.technique }];
  }
  const items = branch.children.get('*');
  if (items?.definition !== undefined) {
    return [{ type: 'numbers', name, definition: items.definition }];
  }
  if (items !== undefined) {
    const nodes = nodesOf(items, `${pattern}/*`);
    // A residual layer holds layers.
    return [{ type: 'list', name, nodes: pattern === '/model/layers' ? [...nodes, { type: 'again', name }] : nodes }];
  }
  return branch.definition === undefined
    ? [{ type: 'group', name, nodes: nodesOf(branch, pattern) }]
    : [{ type: 'field', name, definition: branch.definition }];
}
