import type { LineStyle } from '../compare/lineStyle';
import { Swatch } from '../compare/Swatch';
import { Card } from '../design/Card';
import { DataTable } from '../design/DataTable';
import { Link } from '../navigation/navigation';
import { percent } from '../text/format';
import { text } from '../text/text';
import type { Standing } from './race';

const t = text.replay;

interface LeaderBoardProps {
  standings: readonly Standing[];
  styles: ReadonlyMap<string, LineStyle>;
}

/** The ranking at the current time. */
export const LeaderBoard = ({ standings, styles }: LeaderBoardProps) => (
  <Card title={t.board}>
    <DataTable
      label={t.board}
      className="board-scroll scroll"
      tableClassName="board"
      rows={standings}
      rowKey={({ racer }) => racer.run.id}
      rowProps={({ rank }) => ({ 'data-rank': rank ?? undefined })}
      columns={[
        { name: t.columns.rank, cell: ({ rank }) => rank ?? text.units.none, isNumber: true, className: 'board-rank' },
        {
          name: t.columns.run,
          cell: ({ racer: { run }, best }) => <RunCell run={run} best={best} style={styles.get(run.id)} />,
          isRowHeader: true,
        },
        { name: t.columns.accuracy, cell: ({ best }) => <b>{percent(best)}</b>, isNumber: true },
        { name: t.columns.now, cell: ({ now }) => percent(now), isNumber: true },
        {
          name: t.columns.epoch,
          cell: ({ epoch, isFinished }) => (
            <>
              {epoch === 0 ? text.units.none : epoch}
              {isFinished && (
                <span role="img" aria-label={t.finished} title={t.finished}>
                  {' '}
                  ⚑
                </span>
              )}
            </>
          ),
          isNumber: true,
        },
      ]}
    />
  </Card>
);

interface RunCellProps {
  run: { id: string; name: string };
  best: number | null;
  style: LineStyle | undefined;
}

const RunCell = ({ run, best, style }: RunCellProps) => (
  <>
    <span className="row">
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
  </>
);
