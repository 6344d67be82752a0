import {
  isBindingElement,
  isClassDeclaration,
  isExportDeclaration,
  isFunctionDeclaration,
  isIdentifier,
  isInterfaceDeclaration,
  isMethodDeclaration,
  isParameterDeclaration,
  isPropertySignatureDeclaration,
  isTypeAliasDeclaration,
  isVariableDeclaration,
  type Node,
} from 'typescript/unstable/ast';
import { type Finding, findingAt, nodesOf, type Source, type TextFile } from './source.ts';

const governed = /^(infra|functions|shared|test|docs)\//;
/** Kebab case, with dots before the kind of file: `redeem.test.ts`; `_` sets a folder apart. */
const kebab = /^_?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const known = new Set(['README.md', 'LICENSE']);
const vague = /^(utils?|helpers?)$/i;
const vagueEnd = /(Utils?|Helpers?)$/;
const interfacePrefix = /^I[A-Z][a-z]/;

/** File and folder names of the whole project. */
export function checkPaths(files: readonly TextFile[]): Finding[] {
  return files
    .filter(({ path }) => governed.test(path))
    .flatMap(({ path }) => {
      const at = (rule: string, advice: string) => [{ rule, path, line: 1, advice }];
      const parts = path.split('/');
      const odd = parts.find((part) => !kebab.test(part) && !known.has(part));
      if (odd !== undefined) return at('kebab-case', `${odd}: write it in kebab case.`);
      const empty = parts.find((part) => vague.test(part.split('.')[0] ?? ''));
      if (empty !== undefined) return at('vague-name', `${empty}: name it after what it does.`);
      if (/^index\.(ts|mjs|js)$/.test(parts.at(-1) ?? '')) {
        return at('barrel', 'no index files: import from the file that defines it.');
      }
      return [];
    });
}

/** Names that code declares, and files that only hand on what others define. */
export function checkNames(source: Source): Finding[] {
  const findings: Finding[] = [];
  const { statements } = source.tree;
  const first = statements[0];
  if (first !== undefined && statements.every(isHandedOn)) {
    findings.push(findingAt(source, first, 'barrel', 'only re-exports: import from the source.'));
  }
  for (const node of nodesOf(source.tree)) {
    const name = declaredName(node);
    if (name === undefined) continue;
    if (vague.test(name) || vagueEnd.test(name)) {
      findings.push(findingAt(source, node, 'vague-name', `${name}: name it after what it does.`));
    }
    if (isInterfaceDeclaration(node) && interfacePrefix.test(name)) {
      findings.push(findingAt(source, node, 'interface-prefix', `${name}: leave out the I.`));
    }
  }
  return findings;
}

function isHandedOn(node: Node): boolean {
  return isExportDeclaration(node) && node.moduleSpecifier !== undefined;
}

function declaredName(node: Node): string | undefined {
  const declares =
    isVariableDeclaration(node) ||
    isFunctionDeclaration(node) ||
    isClassDeclaration(node) ||
    isInterfaceDeclaration(node) ||
    isTypeAliasDeclaration(node) ||
    isMethodDeclaration(node) ||
    isParameterDeclaration(node) ||
    isPropertySignatureDeclaration(node) ||
    isBindingElement(node);
  if (!declares || node.name === undefined || !isIdentifier(node.name)) return undefined;
  return node.name.text;
}
