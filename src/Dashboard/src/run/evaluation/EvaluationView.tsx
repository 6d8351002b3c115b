import { isTerminal, type RunEvaluation } from '../../api/types';
import { Figure, Figures } from '../../design/Figure';
import { Loaded } from '../../design/Loaded';
import { useParam } from '../../navigation/navigation';
import { integer, loss, percent } from '../../text/format';
import { text } from '../../text/text';
import type { RunTabProps } from '../history/status';
import { useEvaluations } from '../queries';
import { ClassScores } from './ClassScores';
import { ConfusionMatrix } from './ConfusionMatrix';
import { Mistakes } from './Mistakes';
import './evaluation.css';

const splitName = (split: string): string => text.evaluation.splits[split] ?? split;

/** An evaluation of the run, by default the newest. */
export default function EvaluationView({ run, status }: RunTabProps) {
  const [seq, setSeq] = useParam('of');
  return (
    <Loaded query={useEvaluations(run.id)} errorTitle={text.evaluation.failed} heights={[420]}>
      {(data) => {
        const evaluations = data.evaluations.toSorted((a, b) => b.seq - a.seq);
        const shown = evaluations.find((one) => String(one.seq) === seq) ?? evaluations[0];
        return shown === undefined ? (
          <div className="message">
            <h2>{text.evaluation.emptyTitle}</h2>
            <p>{isTerminal(status.state) ? text.evaluation.never : text.evaluation.notYet}</p>
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
