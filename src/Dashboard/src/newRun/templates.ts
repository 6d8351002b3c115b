import type { Json } from '../json/pointer';

/** The examples of the repository, bundled at build time. */
const found = import.meta.glob<Json>('../../../../examples/*.json', { eager: true, import: 'default' });

export interface Template {
  readonly name: string;
  readonly spec: Json;
}

const nameOf = (spec: Json, path: string): string => {
  const name = (spec as { name?: unknown } | null)?.name;
  return typeof name === 'string' ? name : (path.split('/').at(-1) ?? path);
};

/** Templates by name, the quickstart first. */
export const templates: readonly Template[] = Object.entries(found)
  .map(([path, spec]) => ({ path, name: nameOf(spec, path), spec }))
  .sort(
    (a, b) =>
      Number(b.path.includes('quickstart')) - Number(a.path.includes('quickstart')) || (a.name < b.name ? -1 : 1),
  );

/** The initial spec of the form: small, without files, finished in seconds. */
export const starter: Json = {
  name: 'My first run',
  data: { dataset: 'shapes' },
  model: { kind: 'cnn', blocks: [{ filters: 16 }, { filters: 32 }], dense: [64] },
  training: { epochs: 5, batchSize: 128, optimizer: 'adam' },
};
