import {
  isArrayLiteralExpression,
  isArrowFunction,
  isAwaitExpression,
  isCallExpression,
  isIdentifier,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  type Node,
} from 'typescript/unstable/ast';
import { type Finding, findingAt, nodesOf, type Source, textOf } from './source.ts';

const suites = new Set(['it', 'test', 'describe', 'suite', 'bench']);
const modifiers = new Set(['only', 'skip', 'todo', 'skipIf', 'runIf', 'fails']);
const shorthands = new Set(['fit', 'fdescribe', 'xit', 'xtest', 'xdescribe']);

/** Tests that are left out, stand alone, or pass before they are through. */
export function checkTests(source: Source): Finding[] {
  if (!source.path.startsWith('test/')) return [];
  return [...nodesOf(source.tree)].flatMap((node) => {
    const advice = leftOut(source, node) ?? notAwaited(source, node);
    return advice === undefined ? [] : [findingAt(source, node, 'test', advice)];
  });
}

function leftOut(source: Source, node: Node): string | undefined {
  if (isCallExpression(node) && shorthands.has(textOf(source, node.expression))) {
    return `${textOf(source, node.expression)}: run every test.`;
  }
  if (!isPropertyAccessExpression(node) || !modifiers.has(node.name.text)) return undefined;
  const root = rootOf(node);
  if (!isIdentifier(root) || !suites.has(root.text)) return undefined;
  return `.${node.name.text}: run every test, always.`;
}

function rootOf(node: Node): Node {
  if (isPropertyAccessExpression(node) || isCallExpression(node)) return rootOf(node.expression);
  return node;
}

/** `expect(…).resolves`, `.rejects`, `expect.poll` and asynchronous properties give promises. */
function notAwaited(source: Source, node: Node): string | undefined {
  if (!isCallExpression(node) || !isPromised(source, node)) return undefined;
  if (isTaken(node.parent)) return undefined;
  return 'an assertion that nobody awaits cannot fail: put await before it.';
}

function isPromised(source: Source, call: Node): boolean {
  if (!isCallExpression(call) || !isPropertyAccessExpression(call.expression)) return false;
  if (textOf(source, call.expression) === 'fc.assert') {
    const property = call.arguments[0];
    return property !== undefined && textOf(source, property).startsWith('fc.asyncProperty');
  }
  if (isPropertyAccessExpression(call.parent)) return false;
  const root = rootOf(call);
  return isIdentifier(root) && root.text === 'expect' && namesPromise(call);
}

function namesPromise(node: Node): boolean {
  if (isCallExpression(node)) return namesPromise(node.expression);
  if (!isPropertyAccessExpression(node)) return false;
  return ['resolves', 'rejects', 'poll'].includes(node.name.text) || namesPromise(node.expression);
}

function isTaken(parent: Node): boolean {
  if (isParenthesizedExpression(parent)) return isTaken(parent.parent);
  return (
    isAwaitExpression(parent) ||
    isReturnStatement(parent) ||
    isArrowFunction(parent) ||
    isArrayLiteralExpression(parent)
  );
}
