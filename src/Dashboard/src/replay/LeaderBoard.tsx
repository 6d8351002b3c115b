import type { LineStyle } from '../compare/palette';
import { Swatch } from '../compare/parts/Swatch';
import { ScrollRegion } from '../design/ScrollRegion';
import { Link } from '../shell/navigation';
import { percent } from '../text/format';
import { text } from '../text/text';
import type { Standing } from './race';

const words = text.replay;

interface LeaderBoardProps {
  standings: readonly Standing[];
  styles: ReadonlyMap<string, LineStyle>;
}

/** Who is ahead at this instant. */
export function LeaderBoard({ standings, styles }: LeaderBoardProps) {
  return (
    <section className="card" aria-labelledby="board-title">
      <div className="card-head">
        <h2 id="board-title">{words.board}</h2>
      </div>
      <ScrollRegion className="table-scroll board-scroll" label={words.board}>
        <table className="table board">
          <thead>
            <tr>
              <th scope="col" className="num">
                {words.columns.place}
              </th>
              <th scope="col">{words.columns.run}</th>
              <th scope="col" className="num">
                {words.columns.accuracy}
              </th>
              <th scope="col" className="num">
                {words.columns.now}
              </th>
              <th scope="col" className="num">
                {words.columns.epoch}
              </th>
            </tr>
          </thead>
          <tbody>
            {standings.map(({ racer: { run }, place, best, now, epoch, isFinished }) => {
              const style = styles.get(run.id);
              return (
                <tr key={run.id} data-place={place ?? undefined}>
                  <td className="num board-place">{place ?? text.units.none}</td>
                  <th scope="row">
                    <span className="board-run">
                      {style !== undefined && <Swatch style={style} />}
                      <Link href={`/runs/${run.id}`}>{run.name}</Link>
                    </span>
                    <span className="board-bar" aria-hidden="true">
                      <i
                        style={{
                          width: `${(best ?? 0) * 100}%`,
                          background: style === undefined ? undefined : `var(${style.color})`,
                        }}
                      />
                    </span>
                  </th>
                  <td className="num">
                    <b>{percent(best)}</b>
                  </td>
                  <td className="num">{percent(now)}</td>
                  <td className="num">
                    {epoch === 0 ? text.units.none : epoch}
                    {isFinished && (
                      <span role="img" aria-label={words.finished} title={words.finished}>
                        {' '}
                        ⚑
                      </span>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}
