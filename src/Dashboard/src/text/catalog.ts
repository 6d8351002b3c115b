import type { Catalog, ParameterDefinition, TechniqueDefinition } from '../api/types';
import { text } from './text';

/** The explanations of the catalog in another language than the service's. */
export interface CatalogWords {
  /** By kind and name, as `optimizer/adam`. */
  readonly techniques: Readonly<Record<string, string>>;
  /** By kind, name and parameter, or by kind and parameter, or by parameter: the narrowest holds. */
  readonly parameters: Readonly<Record<string, string>>;
  /** By pointer; else by the parameter of the same name. */
  readonly fields: Readonly<Record<string, string>>;
}

/** The words of the language in use, loaded when they are asked for; null where the service speaks it itself. */
export const catalogWords = async (): Promise<CatalogWords | null> =>
  text.locale === 'ko' ? (await import('./ko/catalog')).catalog : null;

type Kind = Pick<TechniqueDefinition, 'kind' | 'name'>;

export const techniqueWords = (words: CatalogWords, { kind, name }: Kind): string | undefined =>
  words.techniques[`${kind}/${name}`];

export const parameterWords = (words: CatalogWords, { kind, name }: Kind, parameter: string): string | undefined =>
  words.parameters[`${kind}/${name}/${parameter}`] ??
  words.parameters[`${kind}/${parameter}`] ??
  words.parameters[parameter];

export const fieldWords = (words: CatalogWords, pointer: string): string | undefined =>
  words.fields[pointer] ?? words.parameters[pointer.split('/').at(-1) ?? ''];

/** The catalog with these explanations; what they lack stays as the service says it. */
export function explainedIn(words: CatalogWords, catalog: Catalog): Catalog {
  const say = (definition: ParameterDefinition, explanation: string | undefined) => ({
    ...definition,
    explanation: explanation ?? definition.explanation,
  });
  return {
    techniques: catalog.techniques.map((technique) => ({
      ...technique,
      explanation: techniqueWords(words, technique) ?? technique.explanation,
      parameters: technique.parameters.map((one) => say(one, parameterWords(words, technique, one.name))),
    })),
    fields: catalog.fields.map(({ pointer, definition }) => ({
      pointer,
      definition: say(definition, fieldWords(words, pointer)),
    })),
  };
}
