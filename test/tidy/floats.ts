import {
  isCallExpression,
  isNumericLiteral,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  type Node,
  SyntaxKind,
} from 'typescript/unstable/ast';
import { type Finding, findingAt, nodesOf, type Source, textOf } from './source.ts';

/** Where amounts and points are worked with: no float may touch one (P5). */
const exact = ['shared/domain/', 'shared/app/', 'shared/contracts/'];
const inexactMethods = new Set(['toFixed', 'toPrecision', 'toExponential']);
const amountLike = /amount|points|minor|major|price|total|sum|balance|debt|charge|rate|value/i;

export function checkFloats(source: Source): Finding[] {
  if (!exact.some((folder) => source.path.startsWith(folder))) return [];
  return [...nodesOf(source.tree)].flatMap((node) => {
    const advice = inexact(source, node);
    return advice === undefined ? [] : [findingAt(source, node, 'float', advice)];
  });
}

function inexact(source: Source, node: Node): string | undefined {
  if (isNumericLiteral(node) && /^\d*(\.|\d[eE])/.test(textOf(source, node))) {
    return `${textOf(source, node)}: write whole numbers, bigint for amounts.`;
  }
  if (isPrefixUnaryExpression(node) && node.operator === SyntaxKind.PlusToken) {
    return 'unary plus makes a float: use BigInt.';
  }
  if (!isCallExpression(node)) return undefined;
  const called = textOf(source, node.expression);
  if (called === 'parseFloat' || called === 'Number.parseFloat') return 'use BigInt, not a float.';
  const argument = node.arguments[0];
  if (called === 'Number' && argument && amountLike.test(textOf(source, argument))) {
    return `Number(${textOf(source, argument)}): keep amounts as bigint.`;
  }
  const method = isPropertyAccessExpression(node.expression) ? node.expression.name.text : '';
  return inexactMethods.has(method) ? `${method} rounds a float: format from bigint.` : undefined;
}
