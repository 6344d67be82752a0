import type { Node, SourceFile } from 'typescript/unstable/ast';
import { createVirtualFileSystem } from 'typescript/unstable/fs';
import { API } from 'typescript/unstable/sync';

/** One breach of a house rule: where it is and what to do. `line` counts from 1. */
export interface Finding {
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  readonly advice: string;
}

/** A file of the project; `path` counts from the root, with forward slashes. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** A code file with its syntax tree. */
export interface Source extends TextFile {
  readonly tree: SourceFile;
}

const codeFile = /\.(ts|mjs)$/;

/**
 * Parses every code file with the TypeScript compiler itself (its `unstable/sync` interface: the
 * version is pinned). Files are handed over as text and nothing is resolved, so fixtures parse
 * alike.
 */
export function parseSources(files: readonly TextFile[]): Source[] {
  const code = files.filter(({ path }) => codeFile.test(path));
  const config = {
    compilerOptions: { allowJs: true, noLib: true, noResolve: true, types: [] },
    files: code.map(({ path }) => `/tree/${path}`),
  };
  const api = new API({
    cwd: '/tree',
    fs: createVirtualFileSystem({
      '/tree/tsconfig.json': JSON.stringify(config),
      ...Object.fromEntries(code.map(({ path, text }) => [`/tree/${path}`, text])),
    }),
  });
  try {
    const snapshot = api.updateSnapshot({ openProjects: ['/tree/tsconfig.json'] });
    const program = snapshot.getProject('/tree/tsconfig.json')?.program;
    return code.map((file) => {
      const tree = program?.getSourceFile(`/tree/${file.path}`);
      if (tree === undefined) throw new Error(`TypeScript did not parse ${file.path}.`);
      return { ...file, tree };
    });
  } finally {
    api.close();
  }
}

/** The single source that a fixture of one file makes. */
export function parseFixture(path: string, text: string): Source {
  const source = parseSources([{ path, text }])[0];
  if (source === undefined) throw new Error(`${path} is not a code file.`);
  return source;
}

/** Every node of the tree, parents before children. */
export function* nodesOf(root: Node): Generator<Node> {
  yield root;
  const children: Node[] = [];
  root.forEachChild((child) => {
    children.push(child);
  });
  for (const child of children) yield* nodesOf(child);
}

export function lineOf(source: Source, node: Node): number {
  return source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree)).line + 1;
}

export function textOf(source: Source, node: Node): string {
  return node.getText(source.tree);
}

/** A finding at a node. */
export function findingAt(source: Source, node: Node, rule: string, advice: string): Finding {
  return { rule, path: source.path, line: lineOf(source, node), advice };
}

/** As a person reads it: `file:line  rule: what to do`. */
export function formatFinding({ path, line, rule, advice }: Finding): string {
  return `${path}:${line}  ${rule}: ${advice}`;
}
