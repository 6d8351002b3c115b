import type { TechniqueDefinition, TechniqueKind } from '../../api/types';
import { fieldLabel } from '../../text/labels';
import { text } from '../../text/text';
import { useForm } from './FormContext';

/** What a technique does, its formula and its source. */
export const TechniqueExplanation = ({ technique }: { technique: TechniqueDefinition }) => (
  <>
    {technique.explanation}
    {technique.formula != null && (
      <span className="formula">
        <span className="visually-hidden">{text.newRun.formula}: </span>
        <code>{technique.formula}</code>
      </span>
    )}
    {technique.source !== '-' && (
      <cite>
        {text.newRun.source}: {technique.source}
      </cite>
    )}
  </>
);

/** Techniques without a name of their own in a spec: a switch, a number or a list item turns them on. */
const kinds: ReadonlySet<TechniqueKind> = new Set(['layer', 'regularization', 'augmentation', 'precision']);

interface TechniqueHelpProps {
  /** JSON pointer with * for each index. */
  pattern: string;
  /** The name of the one technique to explain; by default all techniques of the pattern. */
  only?: string | undefined;
}

/** Explains the techniques behind a field, on demand; nothing where the catalog has none. */
export function TechniqueHelp({ pattern, only }: TechniqueHelpProps) {
  const { catalog } = useForm();
  const techniques = catalog.techniques.filter(
    ({ kind, pointer, name }) => kinds.has(kind) && pointer === pattern && (only === undefined || only === name),
  );
  return techniques.length === 0 ? null : (
    <details className="what">
      <summary>
        {text.newRun.whatIsThis}
        <span className="visually-hidden"> {only ?? fieldLabel(pattern, pattern.split('/').at(-1) ?? '')}</span>
      </summary>
      {techniques.map((technique) => (
        <div key={technique.name} className="field-help">
          <strong>{technique.title}</strong>
          <p>
            <TechniqueExplanation technique={technique} />
          </p>
        </div>
      ))}
    </details>
  );
}
