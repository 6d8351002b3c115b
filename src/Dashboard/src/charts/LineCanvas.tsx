import { type LineDrawing, lineOption, readLines } from './lineOption';
import { type OnPicture, useECharts } from './useECharts';

export interface LineCanvasProps {
  /** Charts of one group share the position of the pointer. */
  group: string;
  drawing: LineDrawing;
  onPicture?: OnPicture | undefined;
}

/** The drawn part of a line chart. Loaded when the first chart is shown: it brings the chart engine. */
export default function LineCanvas({ group, drawing, onPicture }: LineCanvasProps) {
  const element = useECharts({ drawing, optionOf: lineOption, readOf: readLines, group, onPicture });
  return <div ref={element} className="chart-canvas" />;
}
