import { useMemo } from 'react';
import type { EventOf, RunEvent, RunEventEntry } from '../api/types';
import { Choice } from '../design/Choice';
import { useSearch } from '../shell/navigation';
import { bytes, dateTime, duration, integer, loss, percent, time } from '../text/format';
import { say } from '../text/said';
import { text } from '../text/text';
import { type EventLog, isProminent } from './view/eventLog';

const filters = [
  { value: 'all', label: text.events.all },
  { value: 'prominent', label: text.events.prominent },
] as const;

/** What happened, newest first. */
export function Events({ log, isCatchingUp }: { log: EventLog; isCatchingUp: boolean }) {
  const [search, update] = useSearch();
  const filter = search.get('events') === 'prominent' ? 'prominent' : 'all';
  const lines = useMemo(
    () => log.lines.filter((line) => filter === 'all' || isProminent(line)).toReversed(),
    [log, filter],
  );
  // The state that follows a failure repeats what the trainer said of it.
  const told = useMemo(
    () => new Set(log.lines.flatMap(({ event }) => (event.type === 'failed' ? [event.message] : []))),
    [log],
  );
  return (
    <section className="card" aria-labelledby="events-title">
      <div className="card-head">
        <h2 id="events-title">{text.events.title}</h2>
        <Choice
          label={text.events.filterLabel}
          value={filter}
          options={filters}
          onChange={(next) =>
            update((params) => (next === 'all' ? params.delete('events') : params.set('events', next)))
          }
        />
      </div>
      {lines.length === 0 ? (
        <p className="card-note">{isCatchingUp ? text.events.loading : text.events.empty}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <ol className="events" tabIndex={0} aria-labelledby="events-title">
          {lines.map((line) => (
            <EventLine key={line.seq} line={line} told={told} />
          ))}
        </ol>
      )}
      {log.dropped > 0 && <p className="card-note">{text.events.dropped(log.dropped)}</p>}
    </section>
  );
}

const EventLine = ({ line, told }: { line: RunEventEntry; told: ReadonlySet<string> }) => (
  <li className={`event event-${line.event.type}`} data-seq={line.seq}>
    <time dateTime={line.at} title={dateTime(line.at)}>
      {time(line.at)}
    </time>
    <span>
      <b>{text.events.kinds[line.event.type]}</b> {describe(line.event, told)}
    </span>
  </li>
);

/** The event in one line; what is told by another line is not said again. */
function describe(event: RunEvent, told: ReadonlySet<string>): string {
  switch (event.type) {
    case 'state': {
      const states: Record<string, string> = text.states;
      const state = (states[event.state] ?? event.state).toLowerCase();
      const worker = event.worker == null ? '' : ` ${text.run.worker(event.worker)}`;
      return event.reason == null || told.has(event.reason)
        ? `${state}${worker}`
        : `${state}${worker}: ${say('story', event, event.reason)}`;
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
      return say('story', event, event.message);
    case 'observation':
    case 'decision_frame':
      return text.events.measured(event.epoch);
    case 'evaluation':
      return text.events.evaluation(event.epoch, event.split, percent(event.accuracy));
    case 'finding':
      return diagnosisOf(event.finding);
    case 'finished':
      return text.events.finished(event.epochs, duration(event.seconds));
    case 'stopped':
      return text.events.stopped(event.request, integer(event.step));
    case 'failed':
      return `${text.failures[event.class] ?? event.class}: ${say('story', event, event.message)}`;
    case 'progress':
      return '';
  }
}

const diagnosisOf = (finding: EventOf<'finding'>['finding']): string =>
  say('diagnosis', { ...finding, code: finding.rule }, text.findings.meanings?.[finding.rule] ?? finding.message);
