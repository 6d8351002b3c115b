/** SVG paths in a 16 × 16 view box, drawn as lines. */
const shapes = {
  check: 'M3 8.5l3.4 3.4L13 5',
  clock: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M8 5v3.2l2.2 1.3',
  copy: 'M3 3h7v7h-7zM6 12.5h6.5V6',
  cross: 'M4 4l8 8M12 4l-8 8',
  down: 'M8 3v10M4 9l4 4l4-4',
  download: 'M8 2v8M4.5 7 8 10.5 11.5 7M2.5 11v2.5h11V11',
  archive: 'M2 3h12v3H2zM3 6v7.5h10V6M6.5 8.5h3',
  folder: 'M2 4h4l1.5 2H14v7H2z',
  help: 'M8 1.8a6.2 6.2 0 1 0 0 12.4a6.2 6.2 0 1 0 0-12.4M6.2 6.2a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.6-.8 1.2M8 11v.4',
  info: 'M8 1.8a6.2 6.2 0 1 0 0 12.4a6.2 6.2 0 1 0 0-12.4M8 7.2v4M8 4.7v.4',
  more: 'M3 7.5v1M8 7.5v1M13 7.5v1M3.5 7.5v1M8.5 7.5v1M13.5 7.5v1',
  next: 'M3 8h9M8.5 4.5L12 8l-3.500 3.500',
  options: 'M2 5h8M13 5h1M2 11h1M6 11h8M10.5 3v4M4.5 9v4',
  pause: 'M6 4v8M10 4v8',
  play: 'M5 3.5v9l7-4.5z',
  problem: 'M8 1.5l6.5 6.5L8 14.5L1.5 8zM8 4.5v4.2M8 10.8v.4',
  stop: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M4.2 11.8l7.6-7.6',
  right: 'M6 4l4 4l-4 4',
  rail: 'M2.5 3h11v10h-11zM6.5 3v10',
  screen: 'M2.5 6v-3.5h3.5M10 2.5h3.5v3.5M13.5 10v3.5h-3.5M6 13.5h-3.5v-3.5',
  turn: 'M8 2.5a5.5 5.5 0 1 1-5.5 5.5',
  unzoom: 'M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9M10.3 10.3l3.2 3.2M5 7h4',
  up: 'M8 13V3M4 7l4-4l4 4',
  zoom: 'M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9M10.3 10.3l3.2 3.2M5 7h4M7 5v4',
  warning: 'M8 2L14.5 13.5h-13zM8 6.5v3.2M8 11.6v.3',
};

export type Shape = keyof typeof shapes;

/** A decorative icon; what it stands for is also text. */
export const Icon = ({ shape }: { shape: Shape }) => (
  <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    <path d={shapes[shape]} />
  </svg>
);
