import type { Read } from './reading';

/** The part of a chart that the pointer has to do with. */
export interface Surface {
  /** The place on the horizontal axis at a pixel; null above and below the axes. */
  placeAt(x: number, y: number): number | null;
  pixelOf(place: number): number;
}

/** Between the pointer and the box. */
const gap = 14;

/** Charts whose pointers move together. */
const groups = new Map<string, Set<ChartPointer>>();

/**
 * The line and the box at the pointer, as elements above the drawing: they move without the curves being drawn again, at most once a frame.
 * The engine itself hears nothing of the pointer: it would look for the drawn part below it, and draw all of them again.
 */
export class ChartPointer {
  private readonly host: HTMLElement;
  private readonly surface: Surface;
  private readonly group: Set<ChartPointer>;
  private readonly leave: () => void;
  private readonly line = document.createElement('div');
  private readonly box = document.createElement('div');
  private read: Read = () => null;
  private place: number | null = null;
  /** What the box says at present; null: nothing, or of an older drawing. */
  private shown: number | null = null;
  private frame = 0;

  constructor(host: HTMLElement, surface: Surface, group?: string) {
    this.host = host;
    this.surface = surface;
    this.group = group === undefined ? new Set() : (groups.get(group) ?? new Set());
    this.group.add(this);
    if (group !== undefined) {
      groups.set(group, this.group);
    }
    this.line.className = 'chart-pointer';
    this.box.className = 'chart-tooltip';
    this.line.hidden = this.box.hidden = true;
    host.append(this.line, this.box);
    const abort = new AbortController();
    const { signal } = abort;
    for (const type of ['pointermove', 'pointerdown'] as const) {
      host.addEventListener(type, this.follow, { capture: true, passive: true, signal });
    }
    for (const type of ['pointerleave', 'pointercancel'] as const) {
      host.addEventListener(type, () => this.moveAll(null), { signal });
    }
    host.addEventListener('mousemove', (event) => event.stopPropagation(), { capture: true, signal });
    this.leave = () => abort.abort();
  }

  /** Takes the reader of a new drawing. */
  update(read: Read): void {
    this.read = read;
    this.shown = null;
    this.draw();
  }

  dispose(): void {
    this.leave();
    cancelAnimationFrame(this.frame);
    this.group.delete(this);
    this.line.remove();
    this.box.remove();
  }

  private readonly follow = (event: PointerEvent): void => {
    const { left, top } = this.host.getBoundingClientRect();
    this.moveAll(this.surface.placeAt(event.clientX - left, event.clientY - top));
  };

  private moveAll(place: number | null): void {
    for (const pointer of this.group) {
      pointer.place = place;
      pointer.draw();
    }
  }

  private draw(): void {
    if (this.frame === 0) {
      this.frame = requestAnimationFrame(this.drawNow);
    }
  }

  private readonly drawNow = (): void => {
    this.frame = 0;
    const reading = this.place === null ? null : this.read(this.place);
    this.line.hidden = this.box.hidden = reading === null;
    if (reading === null) {
      this.shown = null;
      return;
    }
    if (reading.x === this.shown) {
      return;
    }
    this.shown = reading.x;
    this.box.replaceChildren(reading.box());
    const x = this.surface.pixelOf(reading.x);
    this.line.style.transform = `translateX(${x}px)`;
    const { clientWidth } = this.host;
    const { offsetWidth } = this.box;
    const right = x + gap;
    const left = right + offsetWidth <= clientWidth ? right : Math.max(0, x - gap - offsetWidth);
    this.box.style.transform = `translateX(${left}px)`;
  };
}
