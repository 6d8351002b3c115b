import { useRef } from 'react';
import { isTerminal, type RunEvaluation } from '../../api/types';
import { Card } from '../../design/Card';
import { DataTable } from '../../design/DataTable';
import { Figure, Figures } from '../../design/Figure';
import { Loaded } from '../../design/Loaded';
import { useParam } from '../../navigation/navigation';
import { prefersReducedMotion } from '../../navigation/theme';
import { integer, loss, percent } from '../../text/format';
import { text } from '../../text/text';
import type { RunTabProps } from '../history/status';
import { PredictionStrip } from '../predictions/PredictionStrip';
import { useEvaluations } from '../queries';
import { type ConfusionCell, ConfusionMatrix } from './ConfusionMatrix';
import { Mistakes } from './Mistakes';
import './evaluation.css';

const { columns } = text.evaluation;
const splitName = (split: string): string => text.evaluation.splits[split] ?? split;

/** An evaluation of the run, by default the newest. */
export default function EvaluationView({ run, status, history }: RunTabProps) {
  const [seq, setSeq] = useParam('of');
  return (
    <Loaded query={useEvaluations(run.id)} errorTitle={text.evaluation.failed} heights={[420]}>
      {(data) => {
        const evaluations = data.evaluations.toSorted((a, b) => b.seq - a.seq);
        const shown = evaluations.find((one) => String(one.seq) === seq) ?? evaluations[0];
        return shown === undefined ? (
          <div className="stack">
            <div className="message">
              <h2>{text.evaluation.emptyTitle}</h2>
              <p>{isTerminal(status.state) ? text.evaluation.never : text.evaluation.notYet}</p>
            </div>
            <PredictionStrip run={run} history={history} />
          </div>
        ) : (
          <>
            <p className="evaluation-choice">
              <label>
                {text.evaluation.which}{' '}
                <select className="input" value={shown.seq} onChange={({ target: { value } }) => setSeq(value)}>
                  {evaluations.map((one) => (
                    <option key={one.seq} value={one.seq}>
                      {text.evaluation.option(splitName(one.split), one.epoch, percent(one.accuracy))}
                    </option>
                  ))}
                </select>
              </label>
            </p>
            <Evaluation evaluation={shown} />
          </>
        );
      }}
    </Loaded>
  );
}

const cellShape = /^(\d+)-(\d+)$/;

function Evaluation({ evaluation }: { evaluation: RunEvaluation }) {
  const [search, setCell] = useParam('cell');
  const [, actual, predicted] = cellShape.exec(search ?? '') ?? [];
  const cell = actual === undefined ? null : { actual: Number(actual), predicted: Number(predicted) };
  const mistakes = useRef<HTMLDivElement>(null);
  const select = (next: ConfusionCell) => {
    setCell(`${next.actual}-${next.predicted}`);
    mistakes.current?.scrollIntoView({ block: 'nearest', behavior: prefersReducedMotion() ? 'auto' : 'smooth' });
  };
  return (
    <>
      <Figures label={text.evaluation.title}>
        <Figure name={text.charts.accuracy} value={percent(evaluation.accuracy)} />
        <Figure name={text.charts.loss} value={loss(evaluation.loss)} />
        <Figure name={text.evaluation.samples} value={integer(evaluation.samples)} note={splitName(evaluation.split)} />
      </Figures>
      <div className="evaluation">
        <ConfusionMatrix
          names={evaluation.classNames}
          confusion={evaluation.confusion}
          selected={cell}
          onSelect={evaluation.mistakes === null ? undefined : select}
        />
        <ClassScores names={evaluation.classNames} scores={evaluation.perClass} />
      </div>
      <div ref={mistakes}>
        <Mistakes evaluation={evaluation} cell={cell} onClear={() => setCell(null)} />
      </div>
    </>
  );
}

/** Precision, recall and F1 of each class. */
const ClassScores = ({ names, scores }: { names: readonly string[]; scores: RunEvaluation['perClass'] }) => (
  <Card title={text.evaluation.classes}>
    <DataTable
      label={text.evaluation.classes}
      rows={scores.map((score, index) => ({ ...score, name: names[index] ?? String(index) }))}
      rowKey={({ name }) => name}
      columns={[
        { name: columns.name, cell: ({ name }) => name, isRowHeader: true },
        { name: columns.precision, cell: ({ precision }) => percent(precision), isNumber: true },
        { name: columns.recall, cell: ({ recall }) => percent(recall), isNumber: true },
        { name: columns.f1, cell: ({ f1 }) => percent(f1), isNumber: true },
        { name: columns.support, cell: ({ support }) => integer(support), isNumber: true },
      ]}
    />
  </Card>
);
