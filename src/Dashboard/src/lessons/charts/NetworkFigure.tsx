import { Card } from '../../design/Card';
import { Skeleton } from '../../design/Loaded';
import { LayerTable } from '../../network/LayerTable';
import { useRunDetail } from '../../run/useRun';
import type { FigureProps } from './figureProps';

/** The layers of the first run. */
export default function NetworkFigure({ title, runs }: FigureProps) {
  const { data } = useRunDetail(runs[0]?.run ?? '');
  return (
    <Card title={title}>{data === undefined ? <Skeleton height={240} /> : <LayerTable layers={data.layers} />}</Card>
  );
}
