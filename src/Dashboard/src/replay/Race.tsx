import { useEffect } from 'react';
import type { LineStyle } from '../compare/palette';
import { useParam } from '../compare/parts/useParam';
import { Choice } from '../design/Choice';
import { duration, percent } from '../text/format';
import { text } from '../text/text';
import { LeaderBoard } from './LeaderBoard';
import { RaceCurves } from './RaceCurves';
import { endOf, type Racer, standingsAt } from './race';
import { useClock } from './useClock';

const words = text.replay;
const speeds = [0.1, 1, 4, 16, 64, 256] as const;

interface RaceProps {
  racers: readonly Racer[];
  styles: ReadonlyMap<string, LineStyle>;
}

/** The clock with its buttons, the leader board at that instant, and the curves up to it. */
export function Race({ racers, styles }: RaceProps) {
  const [speedText, setSpeed] = useParam('speed');
  const [at, setAt] = useParam('at');
  const end = endOf(racers);
  const speed = speeds.find((one) => String(one) === speedText) ?? usualSpeed(end);
  const startAt = Number(at);
  const { now, isRunning, setRunning, moveTo } = useClock(end, speed, Number.isFinite(startAt) ? startAt : 0);
  // The instant stands in the address while the clock stands still.
  useEffect(() => {
    if (!isRunning) {
      setAt(now > 0 ? String(Number(now.toFixed(3))) : null);
    }
  }, [isRunning, now, setAt]);

  const standings = standingsAt(racers, now);
  const leader = standings[0];
  const leaderBest = leader?.best;
  const said =
    leader === undefined || leaderBest == null
      ? words.noLeader(duration(now))
      : words.leader(leader.racer.run.name, percent(leaderBest), duration(now));

  return (
    <>
      <section className="card replay-clock" aria-label={words.clock}>
        <button type="button" className="button button-primary" onClick={() => setRunning(!isRunning)}>
          {isRunning ? words.pause : words.play}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => {
            setRunning(false);
            moveTo(0);
          }}
        >
          {words.restart}
        </button>
        <input
          type="range"
          min={0}
          max={end}
          step={end / 1000}
          value={now}
          aria-label={words.clock}
          aria-valuetext={words.of(duration(now), duration(end))}
          onChange={(event) => {
            setRunning(false);
            moveTo(Number(event.target.value));
          }}
        />
        <output>{words.of(duration(now), duration(end))}</output>
        <Choice
          label={words.speed}
          value={String(speed)}
          options={speeds.map((one) => ({ value: String(one), label: words.times(one) }))}
          onChange={setSpeed}
        />
        <p className="visually-hidden" role="status">
          {isRunning ? '' : said}
        </p>
      </section>
      <div className="replay-stage">
        <LeaderBoard standings={standings} styles={styles} />
        <RaceCurves racers={racers} styles={styles} clock={now} end={end} said={said} />
      </div>
    </>
  );
}

/** The speed at which the race takes about half a minute at most. */
const usualSpeed = (end: number): number => speeds.find((speed) => end / speed <= 30) ?? speeds[speeds.length - 1] ?? 1;
