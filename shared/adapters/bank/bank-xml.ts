import { XMLParser, XMLValidator } from 'fast-xml-parser';
import * as z from 'zod/mini';
import { failure, type Result, success } from '../../domain/result.ts';
import { TextLines } from '../rates/text-lines.ts';

/** Why a bank's file is refused as a whole. Quotes nothing of it but names of elements. */
export interface BankFileFault {
  readonly code: BankFileFaultCode;
  /** From the root, such as `Document/BkToCstmrStmt/Stmt/Ntry[3]/Amt`; empty: the whole text. */
  readonly path: string;
  /** Counted from 1: where the innermost element stands that has others in it. */
  readonly line: number;
}

export type BankFileFaultCode =
  | 'TOO_LARGE'
  /** Document types and entities, which bring in texts from elsewhere or grow without end. */
  | 'ACTIVE_CONTENT'
  | 'MALFORMED'
  /** Of another kind, or a version that is not read. */
  | 'NAMESPACE'
  /** Something is missing, there twice, or not what belongs there. */
  | 'STRUCTURE'
  | 'AMOUNT'
  | 'CURRENCY'
  | 'DATE'
  | 'BALANCE_MISSING'
  /** Opening balance and booked entries do not make the closing balance. */
  | 'BALANCE'
  | 'DUPLICATE';

export type BankFileReading<Value> = Result<Value, BankFileFault>;
export type XmlPath = readonly PropertyKey[];

export interface BankXmlKind<Value> {
  /** Of the namespace: what it ends in. */
  readonly namespace: RegExp;
  /** Of what the parser yields: every element is an array, attributes begin with `@`. */
  readonly shape: z.ZodMiniType<Value>;
}

export interface BankXml<Value> {
  readonly value: Value;
  readonly faultAt: (
    code: BankFileFaultCode,
    path: XmlPath,
  ) => ReturnType<typeof failure<BankFileFault>>;
}

/** A statement of some 20,000 entries; the parsed file takes about ten times as much memory. */
export const largestBankFile = 32 * 1024 * 1024;

const place = XMLParser.getMetaDataSymbol() as symbol;
const faultCodes: readonly string[] = ['AMOUNT', 'CURRENCY', 'DATE'];

/** Document types, entities of their own, and marks that are none. */
const active = /<!DOCTYPE|<!ENTITY|&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-f]{1,6});)/i;
const verbatim = /<!\[CDATA\[([\s\S]*?)\]\]>/g;

const parser = new XMLParser({
  attributeNamePrefix: '@',
  captureMetaData: true,
  ignoreAttributes: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  jPath: false,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
  parseAttributeValue: false,
  parseTagValue: false,
  processEntities: false,
  transformTagName: (name) => name.slice(name.indexOf(':') + 1),
});

const rootShape = z.object({ Document: z.tuple([z.looseObject({})]) });

/** Reads a text of at most `largest` UTF-16 units, which must be well-formed and of the kind. */
export function readBankXml<Value>(
  text: string,
  kind: BankXmlKind<Value>,
  largest = largestBankFile,
): BankFileReading<BankXml<Value>> {
  const whole = (code: BankFileFaultCode, line: number) => failure({ code, path: '', line });
  if (text.length > largest) return whole('TOO_LARGE', 1);
  const normal = text
    .replace(/^\uFEFF/, '')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(verbatim, (_, content: string) => escaped(content));
  const lines = new TextLines(normal);
  const found = active.exec(normal);
  if (found !== null) return whole('ACTIVE_CONTENT', lines.at(found.index));
  const valid = XMLValidator.validate(normal);
  if (valid !== true) return whole('MALFORMED', valid.err.line);
  const raw: unknown = parser.parse(normal);
  const root = z.safeParse(rootShape, raw).data?.Document[0];
  const namespaces = Object.entries(root ?? {}).filter(([name]) => name.startsWith('@xmlns'));
  const isOfKind = namespaces.some(([, uri]) => kind.namespace.test(String(uri)));
  if (!isOfKind) return whole('NAMESPACE', 1);
  const faultAt = (code: BankFileFaultCode, path: XmlPath) => {
    return failure({ code, ...placeOf(raw, path, lines) });
  };
  const shaped = z.safeParse(kind.shape, raw);
  if (shaped.success) return success({ value: shaped.data, faultAt });
  const [issue] = shaped.error.issues;
  const told = faultCodes.find((code) => code === issue?.message) as BankFileFaultCode | undefined;
  return faultAt(told ?? 'STRUCTURE', issue?.path ?? []);
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** Indices are told, from 1, where an element is one of several. */
function placeOf(raw: unknown, path: XmlPath, lines: TextLines): { path: string; line: number } {
  let [told, line, at] = ['', 1, raw];
  for (const part of path) {
    if (typeof part === 'number') {
      if (Array.isArray(at) && at.length > 1) told += `[${part + 1}]`;
    } else {
      told += `${told === '' ? '' : '/'}${String(part)}`;
    }
    at = (at as Readonly<Record<PropertyKey, unknown>> | undefined)?.[part];
    const meta = (at as { readonly [place]?: { readonly startIndex?: number } } | undefined)?.[
      place
    ];
    if (meta?.startIndex !== undefined) line = lines.at(meta.startIndex);
  }
  return { path: told, line };
}
