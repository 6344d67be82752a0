import { posix } from 'node:path';
import {
  isCallExpression,
  isExportDeclaration,
  isImportDeclaration,
  isStringLiteral,
  type Node,
  SyntaxKind,
} from 'typescript/unstable/ast';
import { nodesOf, type Source } from './source.ts';

export interface Import {
  readonly node: Node;
  /** As written. */
  readonly specifier: string;
  /** Path from the root when it is a file of the project. */
  readonly target?: string;
  /** Nothing of it is left at run time. */
  readonly typeOnly: boolean;
}

/** Static imports, re-exports and dynamic imports of a literal. */
export function importsOf(source: Source): Import[] {
  return [...nodesOf(source.tree)].flatMap((node): Import[] => {
    if (isImportDeclaration(node)) {
      const typeOnly = node.importClause?.phaseModifier === SyntaxKind.TypeKeyword;
      return importOf(source, node, node.moduleSpecifier, typeOnly);
    }
    if (isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
      return importOf(source, node, node.moduleSpecifier, node.isTypeOnly);
    }
    if (isCallExpression(node) && node.expression.kind === SyntaxKind.ImportKeyword) {
      const named = node.arguments[0];
      return named === undefined ? [] : importOf(source, node, named, false);
    }
    return [];
  });
}

function importOf(source: Source, node: Node, named: Node, typeOnly: boolean): Import[] {
  if (!isStringLiteral(named)) return [];
  const specifier = named.text;
  if (!specifier.startsWith('.')) return [{ node, specifier, typeOnly }];
  const target = posix.join(posix.dirname(source.path), specifier);
  return [{ node, specifier, target, typeOnly }];
}
