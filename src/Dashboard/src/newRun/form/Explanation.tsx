import type { TechniqueDefinition } from '../../api/types';
import { text } from '../../text/text';

/** What a technique does, its rule, and where it comes from. */
export const Explanation = ({ technique }: { technique: TechniqueDefinition }) => (
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
