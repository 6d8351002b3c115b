import { Card } from '../../design/Card';
import { DataTable } from '../../design/DataTable';
import { Figure, Figures } from '../../design/Figure';
import { Icon } from '../../design/Icon';
import { brief, duration, integer, tick } from '../../text/format';
import { humanize } from '../../text/labels';
import { text } from '../../text/text';
import { Answer } from '../Answer';
import { Curve } from '../Curve';
import { NumberField } from '../fields';
import type { LabProps } from '../labProps';
import { lookOf } from '../looks';
import { type Labs, useLabAnswer } from '../useLab';
import '../labs.css';

const t = text.labs.check;

type Result = Labs['gradient-check']['result'];
type Entry = Result['entries'][number];

/** The numerical gradient against backpropagation. */
export function GradientCheckLab({ request, onRequest }: LabProps<'gradient-check'>) {
  const query = useLabAnswer('gradient-check', request);
  return (
    <div className="stack">
      <Card title={text.labs.settings}>
        <div className="lab-form">
          <NumberField
            label={t.step}
            value={request.step ?? 1e-5}
            minimum={1e-12}
            maximum={0.1}
            onChange={(step) => onRequest({ ...request, step })}
          />
          <NumberField
            label={t.seed}
            value={request.seed ?? 1}
            minimum={0}
            maximum={1_000_000}
            step={1}
            onChange={(seed) => onRequest({ ...request, seed })}
          />
        </div>
      </Card>
      <Answer query={query} heights={[96, 480]}>
        {(result) => <Checks result={result} />}
      </Answer>
    </div>
  );
}

const ratioOf = ({ numericalSeconds, backpropagationSeconds }: Entry): number =>
  numericalSeconds / backpropagationSeconds;

function Checks({ result: { entries, largestError, steps } }: { result: Result }) {
  const ratios = entries.map(ratioOf).sort((a, b) => a - b);
  const median = ratios[Math.floor(ratios.length / 2)] ?? 0;
  return (
    <>
      <Figures label={t.entries}>
        <Figure name={t.verdict} value={t.passed(entries.filter(({ passed }) => passed).length, entries.length)} />
        <Figure name={t.largest} value={brief(largestError)} />
        <Figure name={t.ratioTitle} value={t.ratioValue(brief(Math.round(median)))} note={t.ratioNote} />
      </Figures>
      <Card title={t.entries}>
        <DataTable
          label={t.entries}
          className="scroll lab-checks"
          rows={entries}
          rowKey={({ subject, name, settings }) => `${subject}/${name}/${settings}`}
          columns={[
            { name: t.name, isRowHeader: true, cell: ({ name }) => humanize(name) },
            { name: t.settings, cell: ({ settings }) => settings },
            { name: t.values, isNumber: true, cell: ({ values }) => integer(values) },
            { name: t.error, isNumber: true, cell: ({ relativeError }) => brief(relativeError) },
            {
              name: t.verdict,
              cell: ({ passed }) => (
                <span className={passed ? 'lab-yes' : 'lab-no'}>
                  <Icon shape={passed ? 'check' : 'cross'} /> {passed ? t.yes : t.no}
                </span>
              ),
            },
            { name: t.backprop, isNumber: true, cell: ({ backpropagationSeconds }) => fine(backpropagationSeconds) },
            { name: t.numerical, isNumber: true, cell: ({ numericalSeconds }) => fine(numericalSeconds) },
            { name: t.ratio, isNumber: true, cell: (entry) => integer(Math.round(ratioOf(entry))) },
          ]}
        />
      </Card>
      <Curve
        title={t.curve}
        note={t.curveNote}
        drawing={{
          series: (['central', 'forward'] as const).map((kind, index) => ({
            id: kind,
            name: t[kind],
            color: lookOf(index).property,
            look: 'mark',
            marker: lookOf(index).marker,
            points: steps.map((one) => [one.step, one[kind]] as const).sort(([a], [b]) => a - b),
          })),
          x: { name: t.axis, from: null, to: null, isLog: true, format: brief, tick },
          y: { isLog: true, limits: [0, Number.POSITIVE_INFINITY], format: brief, tick },
        }}
      />
    </>
  );
}

/** Seconds, with microseconds for the short ones. */
const fine = (seconds: number): string => (seconds < 1e-3 ? `${Math.round(seconds * 1e6)} µs` : duration(seconds));
