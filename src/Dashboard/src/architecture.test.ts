import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** The folders, top to bottom. A folder imports only from itself and from folders below it; `import type` counts as well. */
const folders =
  /```text Dashboard\n(.*?)```/s.exec(readFileSync('../../docs/architecture.md', 'utf8'))?.[1]?.trim().split('\n') ??
  [];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isTypeOnly: boolean;
}

const root = 'src';
const files = new Set(
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((path) => normalize(path))
    .filter((path) => /\.\w+$/.test(path)),
);
const folderOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '') : '');
const isProduct = (file: string): boolean => !/\.test\.tsx?$|(?:^|\/)testing\//.test(file);

function resolve(from: string, specifier: string): string | undefined {
  const path = normalize(join(dirname(from), specifier));
  return ['', '.ts', '.tsx', '.d.ts', '/index.ts']
    .map((ending) => path + ending)
    .find((candidate) => files.has(candidate));
}

/** Static and dynamic imports of a file, and re-exports. */
function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest);
  const found: { specifier: ts.Node | undefined; isTypeOnly: boolean }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      found.push({ specifier: node.moduleSpecifier, isTypeOnly: node.importClause?.isTypeOnly ?? false });
    } else if (ts.isExportDeclaration(node)) {
      found.push({ specifier: node.moduleSpecifier, isTypeOnly: node.isTypeOnly });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      found.push({ specifier: node.arguments[0], isTypeOnly: false });
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      found.push({ specifier: node.argument.literal, isTypeOnly: true });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.flatMap(({ specifier, isTypeOnly }) => {
    const text = specifier !== undefined && ts.isStringLiteral(specifier) ? specifier.text : '';
    const to = text.startsWith('.') ? resolve(file, text) : undefined;
    return to === undefined ? [] : [{ from: file, to, isTypeOnly }];
  });
}

const product = [...files].filter((file) => /\.tsx?$/.test(file) && isProduct(file));
const imports = product.flatMap(importsOf);
const rank = new Map(folders.map((folder, index) => [folder, index]));

/** One cycle of value imports, as a list of files; null without one. */
function cycleIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): readonly string[] | null => {
    if (path.includes(file)) {
      return [...path.slice(path.indexOf(file)), file];
    }
    if (done.has(file)) {
      return null;
    }
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next);
      if (cycle !== null) {
        return cycle;
      }
    }
    path.pop();
    done.add(file);
    return null;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file);
    if (cycle !== null) {
      return cycle;
    }
  }
  return null;
}

describe('architecture', () => {
  it('reads the imports of the files', () => {
    expect(product.length).toBeGreaterThan(100);
    expect(imports).toContainEqual({ from: 'main.tsx', to: 'app/App.tsx', isTypeOnly: false });
    expect(imports).toContainEqual({ from: 'app/routes.tsx', to: 'run/RunPage.tsx', isTypeOnly: false });
    expect(imports).toContainEqual({ from: 'text/text.ts', to: 'text/ko.ts', isTypeOnly: false });
    expect(imports.some(({ isTypeOnly }) => isTypeOnly)).toBe(true);
  });

  it('has a place for every folder', () => {
    const found = new Set(product.map(folderOf));
    expect([...found].filter((folder) => folder !== '').sort()).toEqual([...rank.keys()].sort());
  });

  it('has no import of a folder above', () => {
    const upward = imports.filter(
      ({ from, to }) => folderOf(from) !== '' && (rank.get(folderOf(to)) ?? -1) < (rank.get(folderOf(from)) ?? -1),
    );
    expect(upward.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it('has no import of test code', () => {
    expect(imports.filter(({ to }) => !isProduct(to)).map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it('has no cycles of files, except of types within a folder', () => {
    const graph = new Map<string, string[]>();
    for (const { from, to, isTypeOnly } of imports) {
      if (!isTypeOnly) {
        graph.set(from, [...(graph.get(from) ?? []), to]);
      }
    }
    expect(cycleIn(graph)).toBeNull();
  });

  it('loads languages other than English without modules that wait for them', () => {
    const reached = new Set<string>();
    const reach = (file: string): void => {
      if (!reached.has(file)) {
        reached.add(file);
        for (const { to } of imports.filter(({ from, isTypeOnly }) => from === file && !isTypeOnly)) {
          reach(to);
        }
      }
    };
    reach('text/ko.ts');
    expect(reached.size).toBeGreaterThan(10);
    expect([...reached]).not.toContain('text/text.ts');
  });
});
