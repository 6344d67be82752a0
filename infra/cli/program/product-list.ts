import { readFile, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import * as z from 'zod/mini';
import { pointerOf, readBySchema } from '../../../shared/domain/program/findings.ts';
import type { Finding } from '../../../shared/domain/program/schema.ts';
import { reasonOf } from '../import/system-reason.ts';
import { type JsonText, type LocatedFinding, readJsonText } from './json-text.ts';

export const productListReference = z.strictObject({ file: z.string().check(z.minLength(1)) });
const amount = z.optional(z.int().check(z.minimum(0)));

/** A product list in a file of its own. */
const productListFile = z.strictObject({
  /** The name under which the program refers to it. */
  list: z.string(),
  version: z.string().check(z.minLength(1), z.maxLength(128)),
  products: z.record(z.string(), z.strictObject({ basisPoints: amount, points: amount })),
});

/** A program with its lists in place of the references to them. */
export interface ResolvedLists {
  readonly value: unknown;
  readonly findings: readonly Finding[];
  /**
   * Turns a finding inside of a list from a file into one at the reference to that file; none where
   * the file could not be read, which is a finding of its own.
   */
  atReference(finding: Finding): Finding[];
}

interface Reference {
  readonly pointer: string;
  readonly file: string;
}

type ListRead = Reference &
  ({ readonly findings: Finding[] } | { readonly list: unknown; readonly text: JsonText });

/** Reads the list files that a program file refers to, by paths from its own folder. */
export async function resolveProductLists(
  programPath: string,
  program: unknown,
): Promise<ResolvedLists> {
  const lists = recordOf(recordOf(program)?.productLists);
  const reads = new Map<string, ListRead>();
  for (const [name, list] of Object.entries(lists ?? {})) {
    const reference = z.safeParse(productListReference, list);
    if (!reference.success) continue;
    const { file } = reference.data;
    const at = { pointer: pointerOf(['productLists', name]), file };
    reads.set(name, { ...at, ...(await readList(programPath, name, at)) });
  }
  if (reads.size === 0) return { value: program, findings: [], atReference: (it) => [it] };
  const resolved = [...reads].map(([name, read]) => [
    name,
    'list' in read ? read.list : { version: '-', products: {} },
  ]);
  const productLists = { ...lists, ...Object.fromEntries(resolved) };
  return {
    value: { ...recordOf(program), productLists },
    findings: [...reads.values()].flatMap((read) => ('findings' in read ? read.findings : [])),
    atReference: (finding) => atReference([...reads.values()], finding),
  };
}

function atReference(reads: readonly ListRead[], finding: Finding): Finding[] {
  const read = reads.find(({ pointer }) => `${finding.pointer}/`.startsWith(`${pointer}/`));
  if (read === undefined) return [finding];
  if (!('text' in read)) return [];
  const pointer = finding.pointer.slice(read.pointer.length);
  return [inFile(read, read.text, { ...finding, pointer })];
}

/** Says at the reference what is wrong in the file, and where in it. */
function inFile(
  { pointer, file }: Reference,
  text: JsonText,
  inner: Finding & Partial<LocatedFinding>,
): Finding {
  const line = inner.line ?? text.lineOf(inner.pointer);
  const place = [file, `line ${line}`, inner.pointer].filter(Boolean);
  return { pointer, message: `${place.join(', ')}: ${inner.message}` };
}

async function readList(
  programPath: string,
  name: string,
  at: Reference,
): Promise<{ readonly findings: Finding[] } | { readonly list: unknown; readonly text: JsonText }> {
  const { pointer, file } = at;
  const content = await contentInFolder(dirname(programPath), file);
  if ('refusal' in content) return { findings: [{ pointer, message: content.refusal }] };
  const text = readJsonText(content.text);
  const parsed = text.findings.length > 0 ? text : readBySchema(productListFile, text.value);
  if ('findings' in parsed) {
    return { findings: parsed.findings.map((finding) => inFile(at, text, finding)) };
  }
  const { list, version, products } = parsed.value;
  if (list === name) return { list: { version, products }, text };
  const message = `${file} holds the list ${list}, not ${name}`;
  return { findings: [{ pointer, message }] };
}

/** Neither a path nor a link leads out of the folder. */
async function contentInFolder(
  folder: string,
  file: string,
): Promise<{ readonly text: string } | { readonly refusal: string }> {
  const outside = { refusal: `${file} lies outside the program file's folder` };
  if (isAbsolute(file) || leaves(folder, join(folder, file))) return outside;
  try {
    const path = await realpath(join(folder, file));
    if (leaves(await realpath(folder), path)) return outside;
    return { text: await readFile(path, 'utf8') };
  } catch (error) {
    return { refusal: `${file} cannot be read: ${reasonOf(error)}` };
  }
}

function leaves(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isRecord = value !== null && typeof value === 'object' && !Array.isArray(value);
  return isRecord ? (value as Record<string, unknown>) : undefined;
}
