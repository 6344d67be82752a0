import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { pointerOf } from '../../../shared/domain/program/findings.ts';
import type { Finding } from '../../../shared/domain/program/schema.ts';
import { withoutMark } from '../byte-order-mark.ts';

/** A finding with the line of its file, from 1. */
export interface LocatedFinding extends Finding {
  readonly line: number;
}

export interface JsonText {
  /** `undefined` where the text is no JSON. */
  readonly value: unknown;
  /** Broken syntax, or keys that an object has twice: JSON would silently keep the last one. */
  readonly findings: readonly LocatedFinding[];
  /** The line where a value stands, or where its nearest surroundings begin. */
  lineOf(pointer: string): number;
}

/** Reads JSON and remembers where everything stood. Comments are not JSON. */
export function readJsonText(marked: string): JsonText {
  const text = withoutMark(marked);
  const lineAt = lineCounter(text);
  const broken: ParseError[] = [];
  const tree = parseTree(text, broken, { disallowComments: true });
  const lines = new Map<string, number>([['', 1]]);
  const repeated: LocatedFinding[] = [];
  if (tree !== undefined) place({ lineAt, lines, repeated }, tree, []);
  const lineOf = (pointer: string) => lineIn(lines, pointer);
  try {
    const value: unknown = JSON.parse(text);
    return { value, findings: repeated, lineOf };
  } catch (error) {
    // What follows the first break is mostly caused by it.
    const [first] = broken;
    const why = first ? wordsOf(printParseErrorCode(first.error)) : (error as Error).message;
    const line = lineAt(first?.offset ?? 0);
    return {
      value: undefined,
      findings: [{ pointer: '', line, message: `not valid JSON: ${why}` }],
      lineOf,
    };
  }
}

interface Places {
  readonly lineAt: (offset: number) => number;
  readonly lines: Map<string, number>;
  readonly repeated: LocatedFinding[];
}

type Path = readonly (string | number)[];

function place(places: Places, { type, children = [] }: Node, path: Path): void {
  const { lineAt, lines, repeated } = places;
  const firstLines = new Map<string, number>();
  for (const [index, child] of children.entries()) {
    const [keyNode, valueNode] = type === 'object' ? (child.children ?? []) : [undefined, child];
    const key: string | number = keyNode === undefined ? index : String(keyNode.value);
    const at = [...path, key];
    const pointer = pointerOf(at);
    const line = lineAt(child.offset);
    const firstLine = typeof key === 'string' ? firstLines.get(key) : undefined;
    if (firstLine === undefined) firstLines.set(String(key), line);
    else {
      const message = `the key \`${key}\` stands here again; the first is on line ${firstLine}`;
      repeated.push({ pointer, line, message });
    }
    lines.set(pointer, line);
    if (valueNode !== undefined) place(places, valueNode, at);
  }
}

/** Lines count from 1. */
function lineCounter(text: string): (offset: number) => number {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

/** `PropertyNameExpected` → `property name expected`. */
function wordsOf(code: string): string {
  return code.replace(/(?<!^)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}

function lineIn(lines: ReadonlyMap<string, number>, pointer: string): number {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const line = lines.get(at);
    if (line !== undefined) return line;
    if (!at.includes('/')) return 1;
  }
}
