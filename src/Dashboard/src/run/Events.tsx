import { useMemo } from 'react';
import type { EventOf, RunEvent, RunEventEntry } from '../api/types';
import { Card } from '../design/Card';
import { Choice } from '../design/Choice';
import { ScrollRegion } from '../design/ScrollRegion';
import { useParam } from '../navigation/navigation';
import { bytes, dateTime, duration, integer, loss, percent, time } from '../text/format';
import { translate } from '../text/serverMessages';
import { text } from '../text/text';
import { type EventLog, isImportant } from './history/eventLog';

const filters = [
  { value: 'important', label: text.events.important },
  { value: 'all', label: text.events.all },
] as const;

/** The events of the run, newest first. */
export function Events({ log, isCatchingUp }: { log: EventLog; isCatchingUp: boolean }) {
  const [value, setValue] = useParam('events');
  const filter = value === 'all' ? 'all' : 'important';
  const lines = useMemo(
    () => log.lines.filter((line) => filter === 'all' || isImportant(line)).toReversed(),
    [log, filter],
  );
  // The state event after a failure repeats the message of the trainer.
  const failures = useMemo(
    () => new Set(log.lines.flatMap(({ event }) => (event.type === 'failed' ? [event.message] : []))),
    [log],
  );
  return (
    <Card
      title={text.events.title}
      actions={
        <Choice
          label={text.events.filterLabel}
          value={filter}
          options={filters}
          onChange={(next) => setValue(next === 'all' ? next : null)}
        />
      }
    >
      {lines.length === 0 ? (
        <p className="card-note">{isCatchingUp ? text.events.loading : text.events.empty}</p>
      ) : (
        <ScrollRegion className="events scroll" label={text.events.title}>
          <ol>
            {lines.map((line) => (
              <EventLine key={line.seq} line={line} failures={failures} />
            ))}
          </ol>
        </ScrollRegion>
      )}
      {log.dropped > 0 && <p className="card-note">{text.events.dropped(log.dropped)}</p>}
    </Card>
  );
}

const EventLine = ({ line, failures }: { line: RunEventEntry; failures: ReadonlySet<string> }) => (
  <li className={`event event-${line.event.type}`} data-seq={line.seq}>
    <time dateTime={line.at} title={dateTime(line.at)}>
      {time(line.at)}
    </time>
    <span>
      <b>{text.events.kinds[line.event.type]}</b> {describe(line.event, failures)}
    </span>
  </li>
);

/** The event in one line, without the message that another line shows. */
function describe(event: RunEvent, failures: ReadonlySet<string>): string {
  switch (event.type) {
    case 'state': {
      const states: Record<string, string> = text.states;
      const state = (states[event.state] ?? event.state).toLowerCase();
      const worker = event.worker == null ? '' : ` ${text.run.worker(event.worker)}`;
      return event.reason == null || failures.has(event.reason)
        ? `${state}${worker}`
        : `${state}${worker}: ${translate('run', event, event.reason)}`;
    }
    case 'started': {
      const start = text.events.started(event.engine, event.device, integer(event.trainSamples));
      return event.resumedFromStep > 0 ? `${start}; ${text.events.resumed(integer(event.resumedFromStep))}` : start;
    }
    case 'epoch':
      return text.events.epoch(
        event.epoch,
        loss(event.trainLoss),
        loss(event.validationLoss),
        percent(event.validationAccuracy),
        duration(event.seconds),
      );
    case 'checkpoint':
      return text.events.checkpoint(event.file, bytes(event.bytes), integer(event.step));
    case 'notice':
      return translate('run', event, event.message);
    case 'observation':
    case 'decision_frame':
    case 'prediction':
      return text.events.measured(event.epoch);
    case 'evaluation':
      return text.events.evaluation(event.epoch, event.split, percent(event.accuracy));
    case 'finding':
      return diagnosisOf(event.finding);
    case 'finished':
      return text.events.finished(event.epochs, duration(event.seconds));
    case 'stopped':
      return text.events.stopped(text.events.requests[event.request] ?? event.request, integer(event.step));
    case 'failed':
      return `${text.failures[event.class] ?? event.class}: ${translate('run', event, event.message)}`;
    case 'progress':
      return '';
  }
}

const diagnosisOf = (finding: EventOf<'finding'>['finding']): string =>
  translate('diagnosis', { ...finding, code: finding.rule }, finding.message);
