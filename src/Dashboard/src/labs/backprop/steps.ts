import type { components } from '../../api/schema';

type BackpropResult = components['schemas']['BackpropResult'];
type BackwardStep = components['schemas']['BackwardStep'];

/** One step of the film: the value of a node, the gradient of the result, or the gradient along an edge. */
export type Step =
  | { readonly kind: 'start' }
  | { readonly kind: 'forward'; readonly node: number }
  | { readonly kind: 'seed'; readonly node: number }
  | { readonly kind: 'backward'; readonly edge: BackwardStep };

/** The steps in their order. Variables and numbers have their values from the start. */
export function stepsOf({ nodes, steps }: BackpropResult): readonly Step[] {
  const inner = nodes.flatMap(({ inputs }, node) => (inputs.length > 0 ? [node] : []));
  return [
    { kind: 'start' },
    ...inner.map((node) => ({ kind: 'forward', node }) as const),
    ...(nodes.at(-1)?.gradient == null ? [] : [{ kind: 'seed', node: nodes.length - 1 } as const]),
    ...steps.map((edge) => ({ kind: 'backward', edge }) as const),
  ];
}

/** What is known after a step: the nodes that have a value, and the gradient of each edge by its node and slot. */
export function knownAfter(
  { nodes }: BackpropResult,
  steps: readonly Step[],
  step: number,
): { values: ReadonlySet<number>; edges: ReadonlyMap<string, BackwardStep>; hasSeed: boolean } {
  const done = steps.slice(0, step + 1);
  return {
    values: new Set([
      ...nodes.flatMap(({ inputs }, node) => (inputs.length === 0 ? [node] : [])),
      ...done.flatMap((one) => (one.kind === 'forward' ? [one.node] : [])),
    ]),
    edges: new Map(
      done.flatMap((one) =>
        one.kind === 'backward' ? [[edgeKey(one.edge.node, one.edge.slot), one.edge] as const] : [],
      ),
    ),
    hasSeed: done.some(({ kind }) => kind === 'seed'),
  };
}

export const edgeKey = (node: number, slot: number): string => `${node}/${slot}`;

/** The variables of an expression that is being written: its names, without those of functions. */
export function namesIn(expression: string): readonly string[] {
  const names = [...expression.matchAll(/[\p{L}_][\p{L}\p{N}_]*/gu)]
    .filter(({ 0: name, index }) => !/^\s*\(/.test(expression.slice(index + name.length)))
    // The e of 1e5 belongs to the number.
    .filter(({ index }) => !/[\d.]$/.test(expression.slice(0, index)))
    .map(({ 0: name }) => name);
  return [...new Set(names)];
}
