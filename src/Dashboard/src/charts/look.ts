/** How a chart looks where it stands: what the engine and a drawing cannot read from the style sheet themselves. */
export interface Look {
  /** Resolves a custom property to a colour. */
  readonly color: (property: string) => string;
  readonly font: string;
}

/** The look at this element, in the theme in effect. Each colour is read once. */
export function lookAt(element: Element): Look {
  const known = new Map<string, string>();
  const color = (property: string) => {
    const value = known.get(property) ?? readColor(element, property);
    known.set(property, value);
    return value;
  };
  // The engine writes the name into attributes of an SVG as it is.
  return { color, font: getComputedStyle(element).fontFamily.replaceAll('"', "'") };
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
