/** Styles that ECharts and SVG files cannot read from the style sheet. */
export interface ChartTheme {
  /** Resolves a custom property to a colour. */
  readonly color: (property: string) => string;
  readonly font: string;
  /** Of labels, in pixels: it grows with the root's. */
  readonly fontSize?: number;
}

/** The styles at an element, in the theme in effect. */
export function readChartTheme(element: Element): ChartTheme {
  const known = new Map<string, string>();
  const color = (property: string) => {
    const value = known.get(property) ?? readColor(element, property);
    known.set(property, value);
    return value;
  };
  // ECharts writes the font name into SVG attributes unescaped.
  return {
    color,
    font: getComputedStyle(element).fontFamily.replaceAll('"', "'"),
    fontSize: Math.round(0.75 * (Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16)),
  };
}

function readColor(element: Element, property: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${property})`;
  probe.hidden = true;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
