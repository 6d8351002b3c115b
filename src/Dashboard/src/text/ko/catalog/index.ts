import type { CatalogTranslation } from '../../catalog';
import { data } from './data';
import { fields } from './fields';
import { formulas, sources } from './names';
import { networks } from './networks';
import { parameters } from './parameters';
import { titles } from './titles';
import { training } from './training';

/** What the catalog explains, in Korean. */
export const catalog: CatalogTranslation = {
  titles,
  formulas,
  sources,
  techniques: { ...data, ...networks, ...training },
  parameters,
  fields,
};
