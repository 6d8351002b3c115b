import type { TooltipAt } from './content';

/** Converts between positions of the horizontal axis and pixels. */
export interface Surface {
  /** The position at a pixel; null above and below the plot. */
  positionAt(x: number, y: number): number | null;
  pixelOf(position: number): number;
}

/** Pixels between the line and the box. */
const gap = 14;

/** Charts that share the position of the pointer. */
const groups = new Map<string, Set<ChartTooltip>>();

/**
 * The crosshair line and the tooltip, as elements above the canvas: they move without a redraw of the chart, at most once per frame.
 * ECharts does not receive pointer events, because it would search for the element below the pointer and redraw the chart.
 */
export class ChartTooltip {
  private readonly host: HTMLElement;
  private readonly surface: Surface;
  private readonly group: Set<ChartTooltip>;
  private readonly leave: () => void;
  private readonly line = document.createElement('div');
  private readonly box = document.createElement('div');
  private tooltipAt: TooltipAt = () => null;
  private position: number | null = null;
  /** The position shown in the box; null: none, or of an older drawing. */
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
  }

  private readonly follow = (event: PointerEvent): void => {
    const { left, top } = this.host.getBoundingClientRect();
    this.moveAll(this.surface.positionAt(event.clientX - left, event.clientY - top));
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
