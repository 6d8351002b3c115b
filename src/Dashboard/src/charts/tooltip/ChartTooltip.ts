import type { Limits } from '../series';
import type { TooltipAt } from './content';

/** Converts between positions of the horizontal axis and pixels. */
export interface Surface {
  /** The position at a pixel; null above and below the plot. */
  positionAt(x: number, y: number): number | null;
  pixelOf(position: number): number;
}

/** Receives the part of the horizontal axis that the user selects; null: all of it. */
export type OnZoom = (range: Limits | null) => void;

interface PointerOptions {
  /** Charts of one group share the position of the pointer. */
  group?: string | undefined;
  onZoom?: OnZoom;
}

/** Pixels between the line and the box. */
const gap = 14;
/** A shorter drag selects nothing. */
const minimumDrag = 8;

/** Charts that share the position of the pointer. */
const groups = new Map<string, Set<ChartTooltip>>();

/**
 * The crosshair line, the tooltip and the selection of a range by dragging, as elements above the canvas: they move without a redraw of the chart, at most once per frame.
 * ECharts does not receive pointer events, because it would search for the element below the pointer and redraw the chart.
 */
export class ChartTooltip {
  private readonly host: HTMLElement;
  private readonly surface: Surface;
  private readonly group: Set<ChartTooltip>;
  private readonly leave: () => void;
  private readonly line = document.createElement('div');
  private readonly box = document.createElement('div');
  private readonly selection = document.createElement('div');
  /** Pixel at which a drag began. */
  private dragFrom: number | null = null;
  private tooltipAt: TooltipAt = () => null;
  private position: number | null = null;
  /** The position shown in the box; null: none, or of an older drawing. */
  private shown: number | null = null;
  private frame = 0;

  constructor(host: HTMLElement, surface: Surface, { group, onZoom = () => {} }: PointerOptions = {}) {
    this.host = host;
    this.surface = surface;
    this.group = group === undefined ? new Set() : (groups.get(group) ?? new Set());
    this.group.add(this);
    if (group !== undefined) {
      groups.set(group, this.group);
    }
    this.line.className = 'chart-pointer';
    this.box.className = 'chart-tooltip';
    this.selection.className = 'chart-selection';
    this.line.hidden = this.box.hidden = this.selection.hidden = true;
    host.append(this.line, this.box, this.selection);
    const abort = new AbortController();
    const { signal } = abort;
    for (const type of ['pointermove', 'pointerdown'] as const) {
      host.addEventListener(type, this.follow, { capture: true, passive: true, signal });
    }
    for (const type of ['pointerleave', 'pointercancel'] as const) {
      host.addEventListener(type, () => this.moveAll(null), { signal });
    }
    // A touch scrolls the page instead.
    host.addEventListener('pointerdown', (event) => this.startDrag(event), { signal });
    host.addEventListener('pointerup', (event) => this.endDrag(event, onZoom), { signal });
    host.addEventListener('pointercancel', () => this.stopDrag(), { signal });
    host.addEventListener('dblclick', () => onZoom(null), { signal });
    host.addEventListener('mousemove', (event) => event.stopPropagation(), { capture: true, signal });
    this.leave = () => abort.abort();
  }

  /** Sets the tooltips of a new drawing. */
  update(tooltipAt: TooltipAt): void {
    this.tooltipAt = tooltipAt;
    this.shown = null;
    this.draw();
  }

  dispose(): void {
    this.leave();
    cancelAnimationFrame(this.frame);
    this.group.delete(this);
    this.line.remove();
    this.box.remove();
    this.selection.remove();
  }

  private startDrag({ pointerType, button, clientX, pointerId }: PointerEvent): void {
    if (pointerType !== 'touch' && button === 0) {
      this.dragFrom = clientX - this.host.getBoundingClientRect().left;
      this.host.setPointerCapture(pointerId);
    }
  }

  private endDrag({ clientX }: PointerEvent, onZoom: OnZoom): void {
    const [from, to] = [this.dragFrom, clientX - this.host.getBoundingClientRect().left];
    this.stopDrag();
    if (from !== null && Math.abs(to - from) >= minimumDrag) {
      const y = this.host.clientHeight / 2;
      const [a, b] = [this.surface.positionAt(from, y), this.surface.positionAt(to, y)];
      if (a !== null && b !== null) {
        onZoom(a < b ? [a, b] : [b, a]);
      }
    }
  }

  private stopDrag(): void {
    this.dragFrom = null;
    this.selection.hidden = true;
  }

  private readonly follow = (event: PointerEvent): void => {
    const { left, top } = this.host.getBoundingClientRect();
    const x = event.clientX - left;
    this.moveAll(this.surface.positionAt(x, event.clientY - top));
    if (this.dragFrom !== null) {
      this.selection.hidden = Math.abs(x - this.dragFrom) < minimumDrag;
      this.selection.style.left = `${Math.min(x, this.dragFrom)}px`;
      this.selection.style.width = `${Math.abs(x - this.dragFrom)}px`;
    }
  };

  private moveAll(position: number | null): void {
    for (const pointer of this.group) {
      pointer.position = position;
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
    const content = this.position === null ? null : this.tooltipAt(this.position);
    this.line.hidden = this.box.hidden = content === null;
    if (content === null) {
      this.shown = null;
      return;
    }
    if (content.x === this.shown) {
      return;
    }
    this.shown = content.x;
    this.box.replaceChildren(content.box());
    const x = this.surface.pixelOf(content.x);
    this.line.style.transform = `translateX(${x}px)`;
    const { clientWidth } = this.host;
    const { offsetWidth } = this.box;
    const right = x + gap;
    const left = right + offsetWidth <= clientWidth ? right : Math.max(0, x - gap - offsetWidth);
    this.box.style.transform = `translateX(${left}px)`;
  };
}
