import { useEffect } from 'react';
import type { LineStyle } from '../compare/lineStyle';
import { Button } from '../design/Button';
import { Choice } from '../design/Choice';
import { useParam } from '../navigation/navigation';
import { duration, percent } from '../text/format';
import { text } from '../text/text';
import { LeaderBoard } from './LeaderBoard';
import { RaceCurves } from './RaceCurves';
import { endOf, type Racer, standingsAt } from './race';
import { useClock } from './useClock';

const t = text.replay;
/** Speeds relative to real time. Without a choice, the whole race takes half a minute, however long the runs took. */
const speeds = [0.1, 1, 4, 16, 64, 256] as const;
const wholeRaceSeconds = 30;
const speedOptions = [
  { value: 'whole', label: t.inAll(wholeRaceSeconds) },
  ...speeds.map((one) => ({ value: String(one), label: t.times(one) })),
];

interface RaceProps {
  racers: readonly Racer[];
  styles: ReadonlyMap<string, LineStyle>;
}

/** The clock with its controls, the leader board, and the curves up to the current time. */
export function Race({ racers, styles }: RaceProps) {
  const [speedText, setSpeed] = useParam('speed');
  const [at, setAt] = useParam('at');
  const end = endOf(racers);
  const chosen = speeds.find((one) => String(one) === speedText);
  const speed = chosen ?? end / wholeRaceSeconds;
  const startAt = Number(at);
  const { now, isRunning, setRunning, moveTo } = useClock(end, speed, Number.isFinite(startAt) ? startAt : 0);
  // While paused, the current time is in the URL.
  useEffect(() => {
    if (!isRunning) {
      setAt(now > 0 ? String(Number(now.toFixed(3))) : null);
    }
  }, [isRunning, now, setAt]);

  const standings = standingsAt(racers, now);
  const leader = standings[0];
  const leaderBest = leader?.best;
  const summary =
    leader === undefined || leaderBest == null
      ? t.noLeader(duration(now))
      : t.leader(leader.racer.run.name, percent(leaderBest), duration(now));

  return (
    <>
      <section className="card replay-clock row" aria-label={t.clock}>
        <Button primary onClick={() => setRunning(!isRunning)}>
          {isRunning ? t.pause : t.play}
        </Button>
        <Button
          onClick={() => {
            setRunning(false);
            moveTo(0);
          }}
        >
          {t.restart}
        </Button>
        <input
          type="range"
          min={0}
          max={end}
          step={end / 1000}
          value={now}
          aria-label={t.clock}
          aria-valuetext={t.of(duration(now), duration(end))}
          onChange={(event) => {
            setRunning(false);
            moveTo(Number(event.target.value));
          }}
        />
        <output>{t.of(duration(now), duration(end))}</output>
        <Choice
          label={t.speed}
          value={chosen === undefined ? 'whole' : String(chosen)}
          options={speedOptions}
          onChange={(value) => setSpeed(value === 'whole' ? null : value)}
        />
        <p className="visually-hidden" role="status">
          {isRunning ? '' : summary}
        </p>
      </section>
      <div className="pair">
        <LeaderBoard standings={standings} styles={styles} />
        <RaceCurves racers={racers} styles={styles} clock={now} end={end} summary={summary} />
      </div>
    </>
  );
}
