import { useEffect, useRef } from 'react';
import { readColor } from '../../charts/tokens';
import { useTheme } from '../../shell/theme';
import { type CurvesDrawing, curvesOption } from './curvesOption';
import { init } from './engine';

/** A drawing as files: an SVG's text, or the address of a PNG. */
export interface Picture {
  svg(): string;
  png(): string;
}

interface CurvesCanvasProps {
  drawing: CurvesDrawing;
  /** Told how to take a picture, while there is one to take. */
  onPicture?: ((picture: Picture | null) => void) | undefined;
}

/** The drawn part of the curves. Loaded when it is first shown: it brings the chart engine. */
export default function CurvesCanvas({ drawing, onPicture }: CurvesCanvasProps) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init>>(null);
  const theme = useTheme();

  useEffect(() => {
    const host = element.current;
    if (host === null) {
      return;
    }
    const instance = init(host);
    chart.current = instance;
    const observer = new ResizeObserver(() => instance.resize());
    observer.observe(host);
    return () => {
      observer.disconnect();
      instance.dispose();
      chart.current = null;
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours that are read change with the theme.
  useEffect(() => {
    const host = element.current;
    if (host === null) {
      return;
    }
    const colors = new Map<string, string>();
    const color = (property: string) => {
      const known = colors.get(property) ?? readColor(host, property);
      colors.set(property, known);
      return known;
    };
    const option = curvesOption(drawing, { color, font: getComputedStyle(host).fontFamily });
    chart.current?.setOption(option, { replaceMerge: ['series'], lazyUpdate: true });
    onPicture?.({
      png: () => chart.current?.getDataURL({ pixelRatio: 2, backgroundColor: color('--surface') }) ?? '',
      svg: () => svgOf(host, option, color('--surface')),
    });
    return () => onPicture?.(null);
  }, [drawing, theme, onPicture]);

  return <div ref={element} className="chart-canvas" />;
}

/** The same chart once more, drawn as SVG. */
function svgOf(
  host: HTMLElement,
  option: Parameters<ReturnType<typeof init>['setOption']>[0],
  background: string,
): string {
  const { clientWidth: width, clientHeight: height } = host;
  const instance = init(null, null, { renderer: 'svg', ssr: true, width, height });
  instance.setOption({ ...option, backgroundColor: background });
  const svg = instance.renderToSVGString();
  instance.dispose();
  return svg;
}
