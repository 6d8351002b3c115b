import type { Json } from './json/pointer';

/** The examples of the repository, put in when the dashboard is built. */
const found = import.meta.glob<Json>('../../../../examples/*.json', { eager: true, import: 'default' });

export interface Preset {
  readonly name: string;
  readonly spec: Json;
}

const nameOf = (spec: Json, path: string): string => {
  const name = (spec as { name?: unknown } | null)?.name;
  return typeof name === 'string' ? name : (path.split('/').at(-1) ?? path);
};

/** Ready specs, by name; those of the quickstart first. */
export const examples: readonly Preset[] = Object.entries(found)
  .map(([path, spec]) => ({ path, name: nameOf(spec, path), spec }))
  .sort(
    (a, b) =>
      Number(b.path.includes('quickstart')) - Number(a.path.includes('quickstart')) || (a.name < b.name ? -1 : 1),
  );

/** What the form begins with: small, needs no files, and is over in seconds. */
export const starter: Json = {
  name: 'My first run',
  data: { dataset: 'shapes' },
  model: { kind: 'cnn', blocks: [{ filters: 16 }, { filters: 32 }], dense: [64] },
  training: { epochs: 5, batchSize: 128, optimizer: 'adam' },
};
