import type { components } from '../../api/schema';

type GraphNode = components['schemas']['GraphNode'];

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface GraphLayout {
  /** Place of each node, in columns and rows. */
  readonly places: readonly Place[];
  readonly columns: number;
  readonly rows: number;
}

const leastGap = 1;

/**
 * Columns from left to right: a node stands right of its inputs, and an input just left of the first node that uses it. Rows: leaves in
 * the order of the expression, every other node between its inputs.
 */
export function layoutOf(nodes: readonly GraphNode[]): GraphLayout {
  const level = nodes.map(() => 0);
  nodes.forEach(({ inputs }, node) => {
    level[node] = inputs.length === 0 ? 0 : 1 + Math.max(...inputs.map((input) => level[input] ?? 0));
  });
  nodes.forEach(({ inputs }, node) => {
    if (inputs.length === 0) {
      const users = nodes.flatMap((user, index) => (user.inputs.includes(node) ? [level[index] ?? 0] : []));
      level[node] = users.length === 0 ? 0 : Math.min(...users) - 1;
    }
  });

  const rows: (number | undefined)[] = nodes.map(() => undefined);
  let next = 0;
  const place = (node: number): number => {
    const known = rows[node];
    if (known !== undefined) {
      return known;
    }
    const inputs = nodes[node]?.inputs ?? [];
    const row = inputs.length === 0 ? next++ : inputs.map(place).reduce((sum, one) => sum + one, 0) / inputs.length;
    rows[node] = row;
    return row;
  };
  if (nodes.length > 0) {
    place(nodes.length - 1);
  }

  // Nodes of one column keep a distance.
  const columns = Math.max(0, ...level) + 1;
  for (let column = 0; column < columns; column++) {
    const inColumn = nodes
      .map((_, node) => node)
      .filter((node) => level[node] === column)
      .sort((a, b) => (rows[a] ?? 0) - (rows[b] ?? 0));
    inColumn.forEach((node, index) => {
      const before = inColumn[index - 1];
      if (before !== undefined) {
        rows[node] = Math.max(rows[node] ?? 0, (rows[before] ?? 0) + leastGap);
      }
    });
  }
  return {
    places: nodes.map((_, node) => ({ x: level[node] ?? 0, y: rows[node] ?? 0 })),
    columns,
    rows: Math.max(0, ...rows.map((row) => row ?? 0)) + 1,
  };
}
