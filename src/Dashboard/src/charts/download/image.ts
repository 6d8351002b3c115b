/** A chart as image files. */
export interface ChartImage {
  /** The text of an SVG file. */
  svg(): string | Promise<string>;
  /** The URL of a PNG. */
  png(): string | Promise<string>;
}

/** Downloads text or a blob as a file. */
export function downloadText(name: string, content: string | Blob, type = 'text/plain'): void {
  const address = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
  download(name, address);
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export function download(name: string, address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}

/** Style properties that a standalone SVG file needs as attributes. */
const properties = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'opacity',
  'font-size',
  'font-family',
  'font-weight',
  'paint-order',
  'text-anchor',
  'dominant-baseline',
  'stop-color',
  'vector-effect',
] as const;
const colors: ReadonlySet<string> = new Set(['fill', 'stroke', 'stop-color']);

const titleHeight = 36;
const margin = 8;

type Draw = (plain: (color: string) => string) => readonly SVGElement[];

/** A part of the page as a standalone image: its title, and below it what is drawn in its size. */
function imageOf(part: Element, title: string, draw: Draw): ChartImage {
  const svg = () => {
    const plain = plainColors();
    const { width, height } = part.getBoundingClientRect();
    const { color, fontFamily } = getComputedStyle(part);
    const file = create(
      'svg',
      { width: width + 2 * margin, height: height + titleHeight + margin, 'font-family': fontFamily },
      [
        create('rect', { width: '100%', height: '100%', fill: plain(backgroundOf(part)) }),
        create('text', { x: margin, y: 22, fill: plain(color), 'font-size': 15, 'font-weight': 600 }, [title]),
        create('g', { transform: `translate(${margin} ${titleHeight})` }, draw(plain)),
      ],
    );
    return new XMLSerializer().serializeToString(file);
  };
  return { svg, png: () => rasterized(svg()) };
}

function create(name: string, attributes: Record<string, string | number>, children: readonly (Node | string)[] = []) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [attribute, value] of Object.entries(attributes)) {
    element.setAttribute(attribute, String(value));
  }
  element.append(...children);
  return element;
}

/** An SVG element of the page, without its interactive parts (`data-control`). */
export const imageOfElement = (svg: SVGSVGElement, title: string): ChartImage =>
  imageOf(svg, title, (plain) => {
    const copy = svg.cloneNode(true) as SVGSVGElement;
    const to = [copy, ...copy.querySelectorAll('*')];
    [svg, ...svg.querySelectorAll('*')].forEach((element, index) => {
      const style = getComputedStyle(element);
      for (const property of properties) {
        const value = style.getPropertyValue(property);
        to[index]?.setAttribute(property, colors.has(property) ? plain(value) : value);
      }
      to[index]?.removeAttribute('style');
      to[index]?.removeAttribute('class');
    });
    for (const control of copy.querySelectorAll('[data-control]')) {
      control.remove();
    }
    const { width, height } = svg.getBoundingClientRect();
    copy.setAttribute('width', String(width));
    copy.setAttribute('height', String(height));
    return [copy];
  });

/** A table of the page: the grounds and the texts of its cells. */
export const imageOfTable = (table: HTMLTableElement, title: string): ChartImage =>
  imageOf(table, title, (plain) => {
    const frame = table.getBoundingClientRect();
    return [...table.querySelectorAll('th, td')].flatMap((cell) => {
      const { left, top, width, height } = cell.getBoundingClientRect();
      const style = getComputedStyle(cell.querySelector('span') ?? cell);
      const [x, y] = [left - frame.left, top - frame.top];
      const isVertical = style.writingMode.startsWith('vertical');
      const text = {
        fill: plain(style.color),
        'font-size': style.fontSize,
        'font-weight': style.fontWeight,
        'dominant-baseline': 'central',
      };
      const place =
        getComputedStyle(cell).textAlign === 'right'
          ? { x: x + width - 8, y: y + height / 2, 'text-anchor': 'end' }
          : { x: x + width / 2, y: y + height / 2, 'text-anchor': 'middle' };
      const turned = isVertical ? { transform: `rotate(-90 ${place.x} ${place.y})` } : {};
      return [
        create('rect', { x, y, width, height, fill: plain(getComputedStyle(cell).backgroundColor) }),
        create('text', { ...text, ...place, ...turned }, [cell.textContent ?? '']),
      ];
    });
  });

/** Converts computed colours to rgb(), because other programs do not read all CSS forms. */
function plainColors(): (color: string) => string {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (color) => {
    if (context === null || color === 'none' || /^(?:rgb|url)/.test(color)) {
      return color;
    }
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b] = context.getImageData(0, 0, 1, 1).data;
    return `rgb(${r}, ${g}, ${b})`;
  };
}

function backgroundOf(element: Element): string {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (backgroundColor !== 'rgba(0, 0, 0, 0)') {
      return backgroundColor;
    }
  }
  return 'white';
}

async function rasterized(svg: string, scale = 2): Promise<string> {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    // Not image.decode(): it waits for a paint, which a background tab does not do.
    await new Promise((loaded, failed) => {
      image.onload = loaded;
      image.onerror = failed;
      image.src = address;
    });
    const canvas = document.createElement('canvas');
    canvas.width = image.width * scale;
    canvas.height = image.height * scale;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/png');
  } finally {
    URL.revokeObjectURL(address);
  }
}
