/** The tracks of the yard, from the outermost to the innermost; each is also a loss that falls. */
const tracks = [
  'M0 30H40C110 30 120 112 330 114',
  'M0 30H40C130 30 140 96 330 92',
  'M0 30H40C150 30 170 78 330 70',
  'M0 30H40C170 30 200 56 330 48',
  'M0 30H330',
];

/** A picture: runs leave a yard on their tracks, and the tracks are learning curves. */
export const Yard = () => (
  <svg className="yard" viewBox="0 0 340 128" aria-hidden="true">
    {tracks.map((path) => (
      <path key={path} className="yard-ties" d={path} />
    ))}
    {tracks.map((path, index) => (
      <path key={path} className={`yard-rail yard-rail-${index}`} d={path} />
    ))}
    {tracks.map((path, index) => (
      <circle key={path} className={`yard-run yard-run-${index}`} r="5.5" style={{ offsetPath: `path("${path}")` }} />
    ))}
  </svg>
);
