import { isTerminal, type RunEvaluation } from '../../api/types';
import { Figure, Figures } from '../../design/Figure';
import { Problem } from '../../design/Problem';
import { Skeleton } from '../../design/Skeleton';
import { useSearch } from '../../shell/navigation';
import { integer, loss, percent } from '../../text/format';
import { text } from '../../text/text';
import type { RunViewProps } from '../RunViewProps';
import { useEvaluations } from '../useMeasured';
import { ClassScores } from './ClassScores';
import { ConfusionMatrix } from './ConfusionMatrix';
import { Mistakes } from './Mistakes';
import './evaluation.css';

const splitName = (split: string): string => text.evaluation.splits[split] ?? split;

/** How well the network tells the classes apart: an evaluation of the person's choice, by default the newest. */
export default function EvaluationView({ run, present }: RunViewProps) {
  const { data, error, refetch } = useEvaluations(run.id);
  const [search, update] = useSearch();
  if (data === undefined) {
    return error === null ? (
      <Skeleton height={420} />
    ) : (
      <Problem title={text.evaluation.failed} error={error} onRetry={() => void refetch()} />
    );
  }
  const evaluations = data.evaluations.toSorted((a, b) => b.seq - a.seq);
  const [newest] = evaluations;
  if (newest === undefined) {
    return (
      <div className="message">
        <h2>{text.evaluation.emptyTitle}</h2>
        <p>{isTerminal(present.state) ? text.evaluation.never : text.evaluation.notYet}</p>
      </div>
    );
  }
  const chosen = evaluations.find((one) => String(one.seq) === search.get('of')) ?? newest;
  return (
    <>
      <p className="evaluation-choice">
        <label>
          {text.evaluation.which}{' '}
          <select
            className="input"
            value={chosen.seq}
            onChange={({ target: { value } }) => update((params) => params.set('of', value))}
          >
            {evaluations.map((one) => (
              <option key={one.seq} value={one.seq}>
                {text.evaluation.option(splitName(one.split), one.epoch, percent(one.accuracy))}
              </option>
            ))}
          </select>
        </label>
      </p>
      <Evaluation evaluation={chosen} />
    </>
  );
}

const Evaluation = ({ evaluation }: { evaluation: RunEvaluation }) => (
  <>
    <Figures label={text.evaluation.title}>
      <Figure name={text.charts.accuracy} value={percent(evaluation.accuracy)} />
      <Figure name={text.charts.loss} value={loss(evaluation.loss)} />
      <Figure name={text.evaluation.samples} value={integer(evaluation.samples)} note={splitName(evaluation.split)} />
    </Figures>
    <div className="evaluation">
      <ConfusionMatrix names={evaluation.classNames} confusion={evaluation.confusion} />
      <ClassScores names={evaluation.classNames} scores={evaluation.perClass} />
    </div>
    <Mistakes names={evaluation.classNames} mistakes={evaluation.mistakes} />
  </>
);
