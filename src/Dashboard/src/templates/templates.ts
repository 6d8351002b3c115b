import type { Json } from '../json/pointer';
import type { text } from '../text/text';
import { type Measured, measured } from './measured';

/** The examples of the repository, bundled at build time. */
const found = import.meta.glob<Json>('../../../../examples/*.json', { eager: true, import: 'default' });

const specs = new Map(Object.entries(found).map(([path, spec]) => [/([^/]+)\.json$/.exec(path)?.[1] ?? path, spec]));

/** The name of an example's file. */
export type TemplateId = keyof typeof text.templates.cards;

export interface Template {
  readonly id: TemplateId;
  readonly spec: Json;
  /** What it reached, when it was measured. */
  readonly measured: Measured;
}

/** From the quickest to the longest. */
export const templates: readonly Template[] = (Object.entries(measured) as [TemplateId, Measured][])
  .sort(([, a], [, b]) => a.seconds - b.seconds)
  .flatMap(([id, figures]) => {
    const spec = specs.get(id);
    return spec === undefined ? [] : [{ id, spec, measured: figures }];
  });

/** The names of the examples, of which each needs a card. */
export const exampleNames: readonly string[] = [...specs.keys()].sort();

/** The template of the form: small, without files, finished in seconds. */
export const starterId: TemplateId = 'first-run';

export const findTemplate = (id: string | null): Template | undefined => templates.find((one) => one.id === id);
