import { createElement, Fragment, type ReactNode, useMemo } from 'react';
import type { TechniqueKind } from '../../api/types';
import { type MathNode, parseFormula } from './parse';
import '../../design/math.css';

/** Kinds whose "formula" is a list of layers or a description. */
const prose: ReadonlySet<TechniqueKind> = new Set(['preset', 'precision', 'augmentation']);

/** A formula of the catalog, typeset; as it is written where it is a sentence. */
export function Formula({ formula, kind }: { formula: string; kind: TechniqueKind }) {
  const statements = useMemo(() => (prose.has(kind) ? null : parseFormula(formula)), [formula, kind]);
  return (
    <div className="formula">
      {statements === null ? (
        <p>{formula}</p>
      ) : (
        statements.map((statement, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the statements of a formula never move.
          <Fragment key={index}>
            {createElement('math', { display: 'block', xmlns: 'http://www.w3.org/1998/Math/MathML' }, draw(statement))}
          </Fragment>
        ))
      )}
    </div>
  );
}

const draw = ({ tag, text, children = [] }: MathNode, index = 0): ReactNode =>
  tag === 'mspace'
    ? createElement('mspace', { key: index, width: '0.16em' })
    : createElement(tag, { key: index }, text ?? children.map(draw));
