import type { ReactNode } from 'react';
import type { TechniqueDefinition } from '../api/types';
import { Formula } from '../newRun/math/Formula';
import { useCatalog } from '../spec/useCatalog';
import { tick } from '../text/format';
import { forwardText } from '../text/forward';
import type { UnitTrace } from './types';

const t = forwardText.unit.steps;

/** A step of a computation: what is done, with which numbers, and the value after it. */
interface Step {
  readonly key: string;
  readonly name: ReactNode;
  readonly detail: string;
  readonly formula?: { readonly text: string; readonly kind: TechniqueDefinition['kind'] } | undefined;
  readonly value: number;
}

interface StepsProps {
  unit: UnitTrace;
  /** The same unit in the layers after it. */
  following: readonly UnitTrace[];
}

/** From the sum of the products to the value that the next layer gets, with the numbers. */
export function Steps({ unit, following }: StepsProps) {
  const techniques = useCatalog().data?.techniques;
  const formulaOf = (name: string | null) =>
    techniques?.find((technique) => technique.kind === 'activation' && technique.name === name)?.formula ?? null;
  const steps = [unit, ...following].flatMap((one) => stepsOf(one, formulaOf));
  return (
    <>
      <h3>{t.title}</h3>
      <ol className="forward-steps">
        {steps.map(({ key, name, detail, formula, value }) => (
          <li key={key}>
            <span>{name}</span>
            <span className="mono">{detail}</span>
            <b>{tick(value)}</b>
            {formula !== undefined && <Formula formula={formula.text} kind={formula.kind} />}
          </li>
        ))}
      </ol>
    </>
  );
}

/** A number after another: + 0.5, − 0.5. */
const signed = (value: number): string => (value < 0 ? `− ${tick(-value)}` : `+ ${tick(value)}`);

function stepsOf(unit: UnitTrace, formulaOf: (name: string | null) => string | null): readonly Step[] {
  const { address, kind, bias, sum, norm, function: name, parameter, output } = unit;
  const key = address.layer;
  const [first, second] = unit.terms;
  const input = first?.value ?? 0;
  const layer = <span className="mono">{key}</span>;
  switch (kind) {
    case 'conv':
    case 'dense': {
      const products = (sum ?? 0) - (bias ?? 0);
      return [
        { key: `${key} sum`, name: t.sum, detail: `Σ x · w, ${unit.termCount}`, value: products },
        ...(bias === null ? [] : [{ key: `${key} bias`, name: t.bias, detail: signed(bias), value: bias }]),
        { key, name: layer, detail: bias === null ? '' : `${tick(products)} ${signed(bias)}`, value: output },
      ];
    }
    case 'pool':
    case 'global_pool':
      return [{ key, name: layer, detail: name === 'max' ? t.maximum : t.mean, value: output }];
    case 'residual':
      return [{ key, name: layer, detail: `${t.branch}: ${tick(input)} ${signed(second?.value ?? 0)}`, value: output }];
    case 'batch_norm':
      return [
        {
          key,
          name: layer,
          detail:
            norm === null
              ? t.norm
              : `(${tick(input)} ${signed(-norm.mean)}) / √(${tick(norm.variance)} + ${tick(norm.epsilon)}) · ${tick(norm.scale)} ${signed(norm.shift)}`,
          formula: { text: t.normFormula, kind: 'layer' },
          value: output,
        },
      ];
    case 'activation': {
      const formula = formulaOf(name);
      const inputs = unit.terms.map(({ value }) => tick(value)).join(', ');
      return [
        {
          key,
          name: layer,
          detail: `${name ?? ''}(${inputs})${parameter === null ? '' : `, ${tick(parameter)}`}`,
          formula: formula === null ? undefined : { text: formula, kind: 'activation' },
          value: output,
        },
      ];
    }
    case 'dropout':
      return [{ key, name: layer, detail: t.dropout, value: output }];
    default:
      return [{ key, name: layer, detail: kind === 'flatten' ? t.flatten : '', value: output }];
  }
}
