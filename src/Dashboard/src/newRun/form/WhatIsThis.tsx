import type { TechniqueKind } from '../../api/types';
import { text } from '../../text/text';
import { Explanation } from './Explanation';
import { useForm } from './FormContext';
import { labelOf } from './names';

/** Techniques that a spec does not name at one place: they are switched on, set to a number, or listed. */
const kinds: ReadonlySet<TechniqueKind> = new Set(['layer', 'regularization', 'augmentation', 'precision']);

interface WhatIsThisProps {
  /** The place in the spec, with * for each index. */
  pattern: string;
  /** Only the technique of this name; by default all that belong to the place. */
  only?: string | undefined;
}

/** What the catalog knows of the techniques behind a field, one click away. Nothing where it knows none. */
export function WhatIsThis({ pattern, only }: WhatIsThisProps) {
  const { catalog } = useForm();
  const techniques = catalog.techniques.filter(
    ({ kind, pointer, name }) => kinds.has(kind) && pointer === pattern && (only === undefined || only === name),
  );
  return techniques.length === 0 ? null : (
    <details className="what">
      <summary>
        {text.newRun.whatIsThis}
        <span className="visually-hidden"> {only ?? labelOf(pattern, pattern.split('/').at(-1) ?? '')}</span>
      </summary>
      {techniques.map((technique) => (
        <div key={technique.name} className="field-help">
          <strong>{technique.title}</strong>
          <p>
            <Explanation technique={technique} />
          </p>
        </div>
      ))}
    </details>
  );
}
