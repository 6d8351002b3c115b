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
] as const;
const colors: ReadonlySet<string> = new Set(['fill', 'stroke']);

/** An SVG element of the page as a standalone image, without its interactive parts (`data-control`). */
export function imageOfElement(svg: SVGSVGElement): ChartImage {
  const text = () => {
    const copy = svg.cloneNode(true) as SVGSVGElement;
    const from = [svg, ...svg.querySelectorAll('*')];
    const to = [copy, ...copy.querySelectorAll('*')];
    const plain = plainColors();
    from.forEach((element, index) => {
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
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    copy.setAttribute('width', String(width));
    copy.setAttribute('height', String(height));
    const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    ground.setAttribute('width', '100%');
    ground.setAttribute('height', '100%');
    ground.setAttribute('fill', plain(backgroundOf(svg)));
    copy.prepend(ground);
    return new XMLSerializer().serializeToString(copy);
  };
  return imageFromSvg(text);
}

/** An image from the text of an SVG file. */
export const imageFromSvg = (svg: () => string): ChartImage => ({ svg, png: () => rasterized(svg()) });

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
