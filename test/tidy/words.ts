import {
  isNoSubstitutionTemplateLiteral,
  isRegularExpressionLiteral,
  isStringLiteral,
  isTemplateHead,
  isTemplateMiddle,
  isTemplateTail,
  type Node,
  SyntaxKind,
} from 'typescript/unstable/ast';
import { type Finding, findingAt, nodesOf, type Source, type TextFile } from './source.ts';

interface Phrase {
  readonly rule: string;
  readonly pattern: RegExp;
  readonly advice: string;
}

const inComments: readonly Phrase[] = [
  {
    rule: 'type-escape',
    pattern: /@ts-(ignore|nocheck|expect-error)/,
    advice: 'make the types right instead of silencing them.',
  },
  { rule: 'unfinished', pattern: /\b(TODO|FIXME|XXX|HACK)\b/, advice: 'do it, or leave it out.' },
];

const anywhere: readonly Phrase[] = [
  {
    rule: 'machine-path',
    pattern: /(^|[\s"'`(=:])(\/(home|Users|root|work|tmp)\/|[A-Z]:\\+Users\\)/,
    advice: 'a path of one machine: build it from the project or the system.',
  },
  { rule: 'spelling', pattern: /\bprogrammes?\b/i, advice: 'the word here is program.' },
];

/** Types that are silenced, and work that is put off. */
export function checkEscapes(source: Source): Finding[] {
  const findings = [...nodesOf(source.tree)]
    .filter(({ kind }) => kind === SyntaxKind.AnyKeyword)
    .map((node) => findingAt(source, node, 'type-escape', 'any: name the type, or unknown.'));
  if (source.path.startsWith('test/types/')) return findings;
  return [...findings, ...search(source.path, commentsOf(source), inComments)];
}

/** What must not stand in any text of the project, whatever its kind. */
export function checkWords({ path, text }: TextFile): Finding[] {
  return search(path, text, anywhere);
}

function search(path: string, text: string, phrases: readonly Phrase[]): Finding[] {
  return text.split('\n').flatMap((line, index) =>
    phrases.flatMap(({ rule, pattern, advice }) => {
      return pattern.test(line) ? [{ rule, path, line: index + 1, advice }] : [];
    }),
  );
}

/** The text with everything but its comments blanked, line breaks kept. */
function commentsOf(source: Source): string {
  let code = source.text;
  for (const node of [...nodesOf(source.tree)].filter(isQuoted)) {
    const start = node.getStart(source.tree);
    code = code.slice(0, start) + blank(code.slice(start, node.end)) + code.slice(node.end);
  }
  let comments = '';
  let from = 0;
  for (const { 0: comment, index } of code.matchAll(/\/\/.*|\/\*[\s\S]*?\*\//g)) {
    comments += blank(code.slice(from, index)) + comment;
    from = index + comment.length;
  }
  return comments;
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ');
}

function isQuoted(node: Node): boolean {
  return (
    isStringLiteral(node) ||
    isRegularExpressionLiteral(node) ||
    isNoSubstitutionTemplateLiteral(node) ||
    isTemplateHead(node) ||
    isTemplateMiddle(node) ||
    isTemplateTail(node)
  );
}
