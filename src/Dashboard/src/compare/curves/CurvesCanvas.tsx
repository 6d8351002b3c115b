import { CustomChart } from 'echarts/charts';
import { use } from 'echarts/core';
import { type OnPicture, useECharts } from '../../charts/useECharts';
import { type CurvesDrawing, curvesOption, readCurves } from './curvesOption';

// The bands around means are drawn by hand.
use([CustomChart]);

interface CurvesCanvasProps {
  drawing: CurvesDrawing;
  onPicture?: OnPicture | undefined;
}

/** The drawn part of the curves. Loaded when it is first shown: it brings the chart engine. */
export default function CurvesCanvas({ drawing, onPicture }: CurvesCanvasProps) {
  const element = useECharts({ drawing, optionOf: curvesOption, readOf: readCurves, onPicture });
  return <div ref={element} className="chart-canvas" />;
}
