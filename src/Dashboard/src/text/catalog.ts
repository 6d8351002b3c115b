import type { Catalog, ParameterDefinition, TechniqueDefinition } from '../api/types';
import { text } from './text';

/** The texts of the catalog in another language. */
export interface CatalogTranslation {
  /** Names by kind and name, such as `optimizer/adam`; a name without an entry is a proper name. */
  readonly titles: Readonly<Record<string, string>>;
  /** Formulas with words in them, by kind and name. */
  readonly formulas: Readonly<Record<string, string>>;
  /** Sources that are no publications, by their English text. */
  readonly sources: Readonly<Record<string, string>>;
  /** By kind and name, such as `optimizer/adam`. */
  readonly techniques: Readonly<Record<string, string>>;
  /** By kind, name and parameter, by kind and parameter, or by parameter; the most specific one wins. */
  readonly parameters: Readonly<Record<string, string>>;
  /** By pointer; by default that of the parameter of the same name. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Loads the translation for the language in use; null for English. */
export const loadCatalogTranslation = async (): Promise<CatalogTranslation | null> =>
  text.locale === 'ko' ? (await import('./ko/catalog')).catalog : null;

type Kind = Pick<TechniqueDefinition, 'kind' | 'name'>;

export const techniqueText = (translation: CatalogTranslation, { kind, name }: Kind): string | undefined =>
  translation.techniques[`${kind}/${name}`];

export const parameterText = (
  translation: CatalogTranslation,
  { kind, name }: Kind,
  parameter: string,
): string | undefined =>
  translation.parameters[`${kind}/${name}/${parameter}`] ??
  translation.parameters[`${kind}/${parameter}`] ??
  translation.parameters[parameter];

export const fieldText = (translation: CatalogTranslation, pointer: string): string | undefined =>
  translation.fields[pointer] ?? translation.parameters[pointer.split('/').at(-1) ?? ''];

/** The catalog with translated texts; without a translation, a text stays in English. */
export function translateCatalog(translation: CatalogTranslation, catalog: Catalog): Catalog {
  const withText = (definition: ParameterDefinition, explanation: string | undefined) => ({
    ...definition,
    explanation: explanation ?? definition.explanation,
  });
  return {
    techniques: catalog.techniques.map((technique) => ({
      ...technique,
      title: translation.titles[`${technique.kind}/${technique.name}`] ?? technique.title,
      formula: translation.formulas[`${technique.kind}/${technique.name}`] ?? technique.formula,
      source: translation.sources[technique.source] ?? technique.source,
      explanation: techniqueText(translation, technique) ?? technique.explanation,
      parameters: technique.parameters.map((one) => withText(one, parameterText(translation, technique, one.name))),
    })),
    fields: catalog.fields.map(({ pointer, definition }) => ({
      pointer,
      definition: withText(definition, fieldText(translation, pointer)),
    })),
  };
}
