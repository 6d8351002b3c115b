// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Point } from '../series';
import { ChartPointer } from './ChartPointer';
import { nearest, readerOf } from './reading';

const points: readonly Point[] = [
  [1, 0.1],
  [2, 0.2],
  [4, 0.4],
];
const words = {
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
  ])('to %s is the point at %s', (x, place) => expect(nearest(points, x)?.[0]).toBe(place));

  it('is none of none', () => expect(nearest([], 1)).toBeUndefined());
});

describe('readerOf', () => {
  it('tells the values from high to low, as text', () => {
    const reading = readerOf([curve('<b>a', points), curve('<b>b', [[2, 0.7]])], words)(2.2);
    expect(reading?.x).toBe(2);
    expect(reading?.box().textContent).toBe('epoch 2<b>b0.7!<b>a0.2!');
    expect(reading?.box().querySelector('b b')).toBeNull();
  });

  it('leaves the order when it is not asked for another', () => {
    const reading = readerOf([curve('a', points), curve('b', points)], { ...words, isRanked: false })(1);
    expect(reading?.box().textContent).toBe('epoch 1a0.1!b0.1!');
  });

  it('tells of a curve that goes on there its nearest point, and nothing of one that is over or breaks there', () => {
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
    expect(readerOf([curve('a', points), ...others], words)(2)?.box().textContent).toBe('epoch 2between6!a0.2!');
  });

  it('says how many more there are', () => {
    const many = Array.from({ length: 20 }, (_, index) => curve(`run ${index}`, points));
    expect(readerOf(many, words)(1)?.box().textContent).toContain('+ 8');
  });

  it('has nothing to say without points', () => expect(readerOf([curve('a', [])], words)(1)).toBeNull());
});

describe('ChartPointer', () => {
  const frames: FrameRequestCallback[] = [];
  const nextFrame = () => {
    for (const frame of frames.splice(0)) {
      frame(0);
    }
  };
  const surface = {
    placeAt: (x: number, y: number) => (y > 100 ? null : x / 10),
    pixelOf: (place: number) => place * 10,
  };
  const move = (host: HTMLElement, x: number, y = 5) =>
    host.dispatchEvent(new MouseEvent('pointermove', { clientX: x, clientY: y }));
  const said = (host: HTMLElement) => {
    const box = host.querySelector<HTMLElement>('.chart-tooltip');
    return box?.hidden === false ? box.textContent : null;
  };

  beforeEach(() => {
    frames.length = 0;
    vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame));
    vi.stubGlobal('cancelAnimationFrame', () => {});
  });

  it('reads the chart once a frame, and again only for another point or another drawing', () => {
    const host = document.createElement('div');
    const pointer = new ChartPointer(host, surface);
    const read = vi.fn(readerOf([curve('a', points)], words));
    pointer.update(read);
    nextFrame();
    move(host, 10);
    move(host, 20);
    move(host, 21);
    expect(frames).toHaveLength(1);
    nextFrame();
    expect(read).toHaveBeenCalledTimes(1);
    expect(said(host)).toBe('epoch 2a0.2!');
    expect(host.querySelector<HTMLElement>('.chart-pointer')?.style.transform).toBe('translateX(20px)');
    pointer.update(readerOf([curve('a', [[2, 0.9]])], words));
    nextFrame();
    expect(said(host)).toBe('epoch 2a0.9!');
    move(host, 20, 500);
    nextFrame();
    expect(said(host)).toBeNull();
    pointer.dispose();
    expect(host.childElementCount).toBe(0);
  });

  it('moves with the pointers of its group', () => {
    const hosts = [document.createElement('div'), document.createElement('div')] as const;
    const pointers = hosts.map((host) => new ChartPointer(host, surface, 'group'));
    for (const [index, pointer] of pointers.entries()) {
      pointer.update(readerOf([curve(`chart ${index}`, points)], words));
    }
    move(hosts[0], 40);
    nextFrame();
    expect(hosts.map(said)).toEqual(['epoch 4chart 00.4!', 'epoch 4chart 10.4!']);
    hosts[0].dispatchEvent(new MouseEvent('pointerleave'));
    nextFrame();
    expect(hosts.map(said)).toEqual([null, null]);
  });

  it('keeps the pointer from the engine', () => {
    const host = document.createElement('div');
    const canvas = host.appendChild(document.createElement('canvas'));
    const heard = vi.fn();
    canvas.addEventListener('mousemove', heard);
    new ChartPointer(host, surface);
    canvas.dispatchEvent(new MouseEvent('mousemove', { bubbles: true }));
    expect(heard).not.toHaveBeenCalled();
  });
});
