import {
  type FunctionLikeDeclaration,
  isArrowFunction,
  isCallExpression,
  isConstructorDeclaration,
  isFunctionDeclaration,
  isFunctionExpression,
  isGetAccessorDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isSetAccessorDeclaration,
  type Node,
} from 'typescript/unstable/ast';
import { type Finding, findingAt, lineOf, nodesOf, type Source } from './source.ts';

/** A file has fewer lines than this. */
export const fileLines = 250;
/** A function has fewer lines than this, counted from its first token to its last. */
export const functionLines = 70;
export const lineColumns = 100;
export const mostParameters = 4;

export function checkSizes(source: Source): Finding[] {
  return [...fileSize(source), ...lineSizes(source), ...functionSizes(source)];
}

function fileSize({ path, text }: Source): Finding[] {
  const count = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if (count < fileLines) return [];
  const advice = `${count} lines; split it below ${fileLines}.`;
  return [{ rule: 'file-size', path, line: count, advice }];
}

function lineSizes({ path, text }: Source): Finding[] {
  return text.split('\n').flatMap((line, index) => {
    const columns = [...line].length;
    if (columns <= lineColumns) return [];
    const advice = `${columns} columns; break it at ${lineColumns}.`;
    return [{ rule: 'line-size', path, line: index + 1, advice }];
  });
}

function functionSizes(source: Source): Finding[] {
  return [...nodesOf(source.tree)].filter(isFunction).flatMap((node) => {
    const findings: Finding[] = [];
    const last = source.tree.getLineAndCharacterOfPosition(node.end).line + 1;
    const lines = last - lineOf(source, node) + 1;
    if (lines >= functionLines && !isSuite(node)) {
      const advice = `${lines} lines; take a part out, below ${functionLines}.`;
      findings.push(findingAt(source, node, 'function-size', advice));
    }
    const parameters = node.parameters.length;
    if (parameters > mostParameters) {
      const advice = `${parameters} parameters; more than ${mostParameters} become one object.`;
      findings.push(findingAt(source, node, 'parameters', advice));
    }
    return findings;
  });
}

function isFunction(node: Node): node is FunctionLikeDeclaration {
  return (
    isFunctionDeclaration(node) ||
    isFunctionExpression(node) ||
    isArrowFunction(node) ||
    isMethodDeclaration(node) ||
    isConstructorDeclaration(node) ||
    isGetAccessorDeclaration(node) ||
    isSetAccessorDeclaration(node)
  );
}

/** What `describe` is given holds tests as a file holds functions; each test in it is measured. */
function isSuite({ parent }: Node): boolean {
  if (!isCallExpression(parent)) return false;
  const { expression } = parent;
  return isIdentifier(expression) && expression.text === 'describe';
}
