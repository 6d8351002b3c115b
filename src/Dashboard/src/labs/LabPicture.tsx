import type { ReactNode } from 'react';
import type { LabName } from './useLab';

/** A small drawing of what a lab shows. */
export const LabPicture = ({ name }: { name: LabName }) => (
  <svg className="lab-picture" viewBox="0 0 200 100" aria-hidden="true">
    {pictures[name]}
  </svg>
);

const ring = (cx: number, cy: number, r: number) => (
  <ellipse key={r} className="picture-line" cx={cx} cy={cy} rx={r * 2.3} ry={r} />
);

const pictures: Readonly<Record<LabName, ReactNode>> = {
  'backprop-by-hand': (
    <>
      <path className="picture-line" d="M30 22H92M30 62H92M110 42H150M30 86H150M150 42V64M150 86V74M168 68H190" />
      <path className="picture-line" d="M92 22L104 36M92 62L104 48" />
      {[
        [24, 22],
        [24, 62],
        [24, 86],
      ].map(([x, y]) => (
        <rect key={y} className="picture-soft" x={(x ?? 0) - 14} y={(y ?? 0) - 9} width={28} height={18} rx={5} />
      ))}
      <circle className="picture-soft" cx={106} cy={42} r={12} />
      <circle className="picture-soft" cx={156} cy={69} r={12} />
      <text className="picture-up" x={62} y={18}>
        −2
      </text>
      <text className="picture-down" x={62} y={34}>
        5
      </text>
      <text className="picture-up" x={62} y={58}>
        5
      </text>
      <text className="picture-down" x={62} y={74}>
        −2
      </text>
      <text x={106} y={43}>
        ×
      </text>
      <text x={156} y={70}>
        +
      </text>
    </>
  ),
  'gradient-check': (
    <>
      <path className="picture-line" d="M20 88C70 88 90 20 182 14" />
      <path className="picture-one" d="M46 92L150 8" />
      <path className="picture-two" d="M60 82L136 22" />
      <circle className="picture-dot" cx={60} cy={82} r={4} />
      <circle className="picture-dot" cx={136} cy={22} r={4} />
      <path className="picture-line is-dashed" d="M60 82V96M136 22V96" />
      <text x={98} y={94}>
        2h
      </text>
    </>
  ),
  'optimizer-paths': (
    <>
      {[8, 18, 29, 41].map((r) => ring(100, 50, r))}
      <path className="picture-one" d="M26 24L36 74L48 32L60 66L70 38L80 60L88 44L96 53" />
      <path className="picture-two" d="M26 24C60 78 132 72 130 52C128 36 104 38 100 50" />
      <circle className="picture-dot" cx={26} cy={24} r={4} />
    </>
  ),
  'adam-bias-correction': (
    <>
      <path className="picture-line" d="M20 10V88H186" />
      <path className="picture-two" d="M22 56C32 26 40 16 58 16C96 16 130 36 184 44" />
      <path className="picture-one" d="M22 72H184" />
    </>
  ),
  'convolution-arithmetic': (
    <>
      {Array.from({ length: 25 }, (_, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a drawing.
          key={index}
          className={index % 5 < 3 && index < 15 ? 'picture-soft is-on' : 'picture-cell'}
          x={18 + (index % 5) * 15}
          y={12 + Math.floor(index / 5) * 15}
          width={14}
          height={14}
        />
      ))}
      {Array.from({ length: 9 }, (_, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a drawing.
          key={index}
          className={index === 0 ? 'picture-soft is-on' : 'picture-cell'}
          x={134 + (index % 3) * 15}
          y={27 + Math.floor(index / 3) * 15}
          width={14}
          height={14}
        />
      ))}
      <path className="picture-line" d="M100 48H124M118 42L124 48L118 54" />
    </>
  ),
};
