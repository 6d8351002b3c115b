import type { Catalog, TechniqueDefinition, TechniqueKind } from '../../api/types';
import { fieldLabel } from '../../text/labels';
import { text } from '../../text/text';
import { Formula } from '../math/Formula';
import { useForm } from './FormContext';
import { HelpButton } from './HelpButton';

interface TechniqueDetailsProps {
  technique: TechniqueDefinition;
  /** With its name and explanation, where they are not shown already. */
  hasTitle?: boolean;
}

/** The formula of a technique, typeset, and its source. */
export const TechniqueDetails = ({ technique, hasTitle = false }: TechniqueDetailsProps) => (
  <div className="technique-details">
    {hasTitle && (
      <>
        <strong>{technique.title}</strong>
        <p>{technique.explanation}</p>
      </>
    )}
    {technique.formula != null && (
      <>
        <span className="visually-hidden">{text.newRun.formula}: </span>
        <Formula formula={technique.formula} kind={technique.kind} />
      </>
    )}
    {technique.source !== '-' && (
      <cite>
        {text.newRun.source}: {technique.source}
      </cite>
    )}
  </div>
);

/** Techniques without a name of their own in a spec: a switch, a number or a list item turns them on. */
const kinds: ReadonlySet<TechniqueKind> = new Set(['layer', 'regularization', 'augmentation', 'precision']);

/** The techniques behind a field, by its pattern (a JSON pointer with * for each index); most fields have none. */
export const techniquesBehind = ({ techniques }: Catalog, pattern: string): readonly TechniqueDefinition[] =>
  techniques.filter(({ kind, pointer }) => kinds.has(kind) && pointer === pattern);

interface TechniqueHelpProps {
  pattern: string;
  /** The name of the one technique to explain; by default all techniques of the pattern. */
  only?: string | undefined;
}

/** Explains the techniques behind a group or a list item, on demand; nothing where the catalog has none. */
export function TechniqueHelp({ pattern, only }: TechniqueHelpProps) {
  const { catalog } = useForm();
  const techniques = techniquesBehind(catalog, pattern).filter(({ name }) => only === undefined || only === name);
  return (
    techniques.length > 0 && (
      <HelpButton label={only ?? fieldLabel(pattern, pattern.split('/').at(-1) ?? '')} isStop>
        {techniques.map((technique) => (
          <TechniqueDetails key={technique.name} technique={technique} hasTitle />
        ))}
      </HelpButton>
    )
  );
}
