import type { components } from '../../api/schema';
import { classes } from '../../design/classes';
import { ScrollRegion } from '../../design/ScrollRegion';
import { brief } from '../../text/format';
import { text } from '../../text/text';
import { layoutOf } from './layout';
import { edgeKey, knownAfter, type Step } from './steps';

type BackpropResult = components['schemas']['BackpropResult'];
type Operation = components['schemas']['ExpressionOperation'];

const t = text.labs.backprop;
const columnWidth = 150;
const rowHeight = 84;
const margin = { x: 52, y: 48 };
const radius = 21;
/** Of the size of the graph, at which it is still legible. */
const smallest = 0.65;

const symbols: Partial<Record<Operation, string>> = {
  add: '+',
  subtract: '−',
  multiply: '×',
  divide: '÷',
  power: '^',
  negate: '−',
  sigmoid: 'σ',
  sqrt: '√',
};

/** The graph of an expression: on each edge its value above and, once the backward pass has reached it, its gradient below. */
export function Graph({ result, steps, step }: { result: BackpropResult; steps: readonly Step[]; step: number }) {
  const { nodes } = result;
  const layout = layoutOf(nodes);
  const { values, edges, hasSeed } = knownAfter(result, steps, step);
  const now = steps[step];
  const at = (node: number) => {
    const { x, y } = layout.places[node] ?? { x: 0, y: 0 };
    return { x: margin.x + x * columnWidth, y: margin.y + y * rowHeight };
  };
  const width = margin.x * 2 + (layout.columns - 1) * columnWidth + 92;
  const height = margin.y * 2 + (layout.rows - 1) * rowHeight;
  const output = nodes.length - 1;
  const end = at(output);
  return (
    <ScrollRegion className="lab-graph scroll" label={t.graph}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        // On a narrow screen a small graph shrinks, a large one scrolls.
        style={{ width, minWidth: smallest * width }}
        role="img"
        aria-label={t.graphLabel(nodes[output]?.text ?? '')}
      >
        {nodes.flatMap(({ inputs }, node) =>
          inputs.map((input, slot) => {
            const [from, to] = [at(input), at(node)];
            const key = edgeKey(node, slot);
            const edge = edges.get(key);
            const isNow =
              (now?.kind === 'forward' && now.node === node) ||
              (now?.kind === 'backward' && edgeKey(now.edge.node, now.edge.slot) === key);
            // Two edges between the same nodes, as in x * x, part from each other.
            const bend = inputs.filter((other) => other === input).length > 1 ? (slot === 0 ? -26 : 26) : 0;
            const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 + bend };
            return (
              <g key={key} className={classes('lab-edge', isNow && 'is-now', edge !== undefined && 'is-back')}>
                <path d={`M${from.x} ${from.y}Q${middle.x} ${middle.y + bend} ${to.x} ${to.y}`} />
                {values.has(input) && (
                  <text className="lab-value" x={middle.x} y={middle.y - 6}>
                    {brief(nodes[input]?.value ?? 0)}
                  </text>
                )}
                {edge !== undefined && (
                  <text className="lab-gradient" x={middle.x} y={middle.y + 16}>
                    {brief(edge.contribution)}
                  </text>
                )}
              </g>
            );
          }),
        )}
        <g className={classes('lab-edge', now?.kind === 'seed' && 'is-now', hasSeed && 'is-back')}>
          <path d={`M${end.x} ${end.y}h88`} />
          {values.has(output) && (
            <text className="lab-value" x={end.x + 58} y={end.y - 6}>
              {brief(nodes[output]?.value ?? 0)}
            </text>
          )}
          {hasSeed && (
            <text className="lab-gradient" x={end.x + 58} y={end.y + 16}>
              1
            </text>
          )}
        </g>
        {nodes.map(({ operation, text: words }, node) => {
          const { x, y } = at(node);
          const isLeaf = operation === 'variable' || operation === 'constant';
          const isNow =
            ((now?.kind === 'forward' || now?.kind === 'seed') && now.node === node) ||
            (now?.kind === 'backward' && (now.edge.node === node || now.edge.input === node));
          return (
            <g
              // biome-ignore lint/suspicious/noArrayIndexKey: the nodes of a result never move.
              key={node}
              className={classes('lab-node', isLeaf && 'is-leaf', isNow && 'is-now')}
              transform={`translate(${x} ${y})`}
            >
              {isLeaf ? <rect x={-26} y={-17} width={52} height={34} rx={8} /> : <circle r={radius} />}
              <title>{words}</title>
              <text>
                {isLeaf ? (words.length > 6 ? `${words.slice(0, 5)}…` : words) : (symbols[operation] ?? operation)}
              </text>
            </g>
          );
        })}
      </svg>
    </ScrollRegion>
  );
}
