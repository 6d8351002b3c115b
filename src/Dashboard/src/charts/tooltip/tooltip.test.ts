// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Point } from '../series';
import { ChartTooltip } from './ChartTooltip';
import { nearest, tooltipFor } from './content';

const points: readonly Point[] = [
  [1, 0.1],
  [2, 0.2],
  [4, 0.4],
];
const format = {
  formatX: (x: number) => `epoch ${x}`,
  formatY: (y: number) => `${y}!`,
  color: (property: string) => property,
  isRanked: true,
};
const curve = (name: string, of: readonly Point[]) => ({ name, color: 'red', points: of });

describe('nearest', () => {
  it.each([
    [-5, 1],
    [1.4, 1],
    [1.6, 2],
    [3, 2],
    [3.1, 4],
    [99, 4],
  ])('to %s is the point at %s', (x, position) => expect(nearest(points, x)?.[0]).toBe(position));

  it('is undefined without points', () => expect(nearest([], 1)).toBeUndefined());
});

describe('tooltipFor', () => {
  it('sorts values from high to low, as text nodes', () => {
    const reading = tooltipFor([curve('<b>a', points), curve('<b>b', [[2, 0.7]])], format)(2.2);
    expect(reading?.x).toBe(2);
    expect(reading?.box().textContent).toBe('epoch 2<b>b0.7!<b>a0.2!');
    expect(reading?.box().querySelector('b b')).toBeNull();
  });

  it('keeps the order of the curves if not ranked', () => {
    const reading = tooltipFor([curve('a', points), curve('b', points)], { ...format, isRanked: false })(1);
    expect(reading?.box().textContent).toBe('epoch 1a0.1!b0.1!');
  });

  it('uses the nearest point of a curve without a point there, and skips one that ended or breaks there', () => {
    const others = [
      curve('between', [
        [0, 5],
        [3.9, 6],
      ]),
      curve('over', [[0, 9]]),
      curve('broken', [
        [0, 8],
        [2, null],
        [4, 8],
      ]),
    ];
    expect(tooltipFor([curve('a', points), ...others], format)(2)?.box().textContent).toBe('epoch 2between6!a0.2!');
  });

  it('stays with the points in view', () => {
    const zoomed = tooltipFor([curve('a', points)], { ...format, from: 1.5, to: 3.5 });
    expect([-5, 3.4, 99].map((x) => zoomed(x)?.x)).toEqual([2, 2, 2]);
    expect(tooltipFor([curve('a', points)], { ...format, from: 2.5, to: 3.5 })(3)).toBeNull();
  });

  it('counts the omitted rows', () => {
    const many = Array.from({ length: 20 }, (_, index) => curve(`run ${index}`, points));
    expect(tooltipFor(many, format)(1)?.box().textContent).toContain('+ 8');
  });

  it('is null without points', () => expect(tooltipFor([curve('a', [])], format)(1)).toBeNull());
});

describe('ChartTooltip', () => {
  const frames: FrameRequestCallback[] = [];
  const nextFrame = () => {
    for (const frame of frames.splice(0)) {
      frame(0);
    }
  };
  const surface = {
    positionAt: (x: number, y: number) => (y > 100 ? null : x / 10),
    pixelOf: (position: number) => position * 10,
  };
  const move = (host: HTMLElement, x: number, y = 5) =>
    host.dispatchEvent(new MouseEvent('pointermove', { clientX: x, clientY: y }));
  const shownIn = (host: HTMLElement) => {
    const box = host.querySelector<HTMLElement>('.chart-tooltip');
    return box?.hidden === false ? box.textContent : null;
  };

  beforeEach(() => {
    frames.length = 0;
    vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame));
    vi.stubGlobal('cancelAnimationFrame', () => {});
  });

  it('updates once per frame, and only for another point or another drawing', () => {
    const host = document.createElement('div');
    const pointer = new ChartTooltip(host, surface);
    const read = vi.fn(tooltipFor([curve('a', points)], format));
    pointer.update(read);
    nextFrame();
    move(host, 10);
    move(host, 20);
    move(host, 21);
    expect(frames).toHaveLength(1);
    nextFrame();
    expect(read).toHaveBeenCalledTimes(1);
    expect(shownIn(host)).toBe('epoch 2a0.2!');
    expect(host.querySelector<HTMLElement>('.chart-pointer')?.style.transform).toBe('translateX(20px)');
    pointer.update(tooltipFor([curve('a', [[2, 0.9]])], format));
    nextFrame();
    expect(shownIn(host)).toBe('epoch 2a0.9!');
    move(host, 20, 500);
    nextFrame();
    expect(shownIn(host)).toBeNull();
    pointer.dispose();
    expect(host.childElementCount).toBe(0);
  });

  it('moves with the charts of its group', () => {
    const hosts = [document.createElement('div'), document.createElement('div')] as const;
    const pointers = hosts.map((host) => new ChartTooltip(host, surface, { group: 'group' }));
    for (const [index, pointer] of pointers.entries()) {
      pointer.update(tooltipFor([curve(`chart ${index}`, points)], format));
    }
    move(hosts[0], 40);
    nextFrame();
    expect(hosts.map(shownIn)).toEqual(['epoch 4chart 00.4!', 'epoch 4chart 10.4!']);
    hosts[0].dispatchEvent(new MouseEvent('pointerleave'));
    nextFrame();
    expect(hosts.map(shownIn)).toEqual([null, null]);
  });

  it('selects the range of a drag, and all with a double click', () => {
    const host = document.createElement('div');
    host.setPointerCapture = () => {};
    const onZoom = vi.fn();
    new ChartTooltip(host, surface, { onZoom });
    const press = (type: string, clientX: number) => host.dispatchEvent(new MouseEvent(type, { clientX, button: 0 }));
    press('pointerdown', 40);
    move(host, 10);
    expect(host.querySelector<HTMLElement>('.chart-selection')?.hidden).toBe(false);
    press('pointerup', 10);
    expect(onZoom).toHaveBeenLastCalledWith([1, 4]);
    expect(host.querySelector<HTMLElement>('.chart-selection')?.hidden).toBe(true);
    // A click is no drag.
    press('pointerdown', 40);
    press('pointerup', 42);
    expect(onZoom).toHaveBeenCalledOnce();
    press('dblclick', 40);
    expect(onZoom).toHaveBeenLastCalledWith(null);
  });

  it('does not pass pointer events to ECharts', () => {
    const host = document.createElement('div');
    const canvas = host.appendChild(document.createElement('canvas'));
    const received = vi.fn();
    canvas.addEventListener('mousemove', received);
    new ChartTooltip(host, surface);
    canvas.dispatchEvent(new MouseEvent('mousemove', { bubbles: true }));
    expect(received).not.toHaveBeenCalled();
  });
});
