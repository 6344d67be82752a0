import {
  isBigIntLiteral,
  isBinaryExpression,
  isCallExpression,
  isIdentifier,
  isNumericLiteral,
  isParameterDeclaration,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isPropertySignatureDeclaration,
  type Node,
  SyntaxKind,
} from 'typescript/unstable/ast';
import { type Finding, findingAt, nodesOf, type Source, textOf } from './source.ts';

/** Where amounts and points are worked with: no float may touch one (P5). */
const exact = [
  ...['shared/domain/', 'shared/app/', 'shared/contracts/'],
  ...['shared/adapters/bank/', 'shared/adapters/rates/'],
  ...['infra/cli/fx/', 'infra/cli/ledger/'],
];
/** Where numbers are amounts, rates or points unless they are times. */
const money = [
  ...['money', 'rates', 'ledger', 'earning', 'payout', 'points', 'redemption'].map(
    (folder) => `shared/domain/${folder}/`,
  ),
  ...['shared/adapters/bank/', 'shared/adapters/rates/'],
  ...['infra/cli/fx/', 'infra/cli/ledger/'],
];
/** Where an amount has a type: wherever one is kept, sent or shown. */
const typed = ['shared/', 'functions/', 'infra/cli/'];
/** Makes up amounts by chance, and writes them as digits. */
const madeUp = 'infra/cli/sample/';

const inexactMethods = new Set(['toFixed', 'toPrecision', 'toExponential']);
const roundingFunctions = /^Math\.(round|floor|ceil|trunc|fround|f16round|pow|sqrt|log\w*)$/;
const amountLike = /amount|points|minor|major|price|total|sum|balance|debt|charge|rate|value/i;
const amountName = /^(amount|\w*Minor)$/;
const timeLike = /instant|Ms\b|seconds|epoch/i;

export function checkFloats(source: Source): Finding[] {
  const within = (folders: readonly string[]) => folders.some((it) => source.path.startsWith(it));
  const rules = [
    ...(within(exact) ? [inexact] : []),
    ...(within(money) ? [rounding, division] : []),
    ...(within(typed) && !within([madeUp]) ? [floatType] : []),
  ];
  if (rules.length === 0) return [];
  return [...nodesOf(source.tree)].flatMap((node) => {
    const advice = rules.map((rule) => rule(source, node)).find((found) => found !== undefined);
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

function rounding(source: Source, node: Node): string | undefined {
  if (!isCallExpression(node)) return undefined;
  const called = textOf(source, node.expression);
  if (!roundingFunctions.test(called) || isOfTime(source, node)) return undefined;
  return `${called} works on floats: round a fraction of bigints.`;
}

/** Without types `a / b` may be anything: one side shows as a bigint, or is a fraction's part. */
function division(source: Source, node: Node): string | undefined {
  if (!isBinaryExpression(node)) return undefined;
  const { kind } = node.operatorToken;
  const isAssigned = kind === SyntaxKind.SlashEqualsToken;
  if (kind !== SyntaxKind.SlashToken && !isAssigned) return undefined;
  if ([node.left, node.right].some(isBigint(source)) || isOfTime(source, node)) return undefined;
  if (source.path === 'shared/domain/money/fraction.ts') return undefined;
  return `${textOf(source, node)}: divide by floorDivide, or by a bigint that shows as one.`;
}

function isBigint(source: Source): (node: Node) => boolean {
  return (node) =>
    isBigIntLiteral(node) ||
    /(^|\.)(numerator|denominator)$/.test(textOf(source, node)) ||
    (isCallExpression(node) && textOf(source, node.expression) === 'BigInt');
}

function isOfTime(source: Source, node: Node): boolean {
  return timeLike.test(textOf(source, node));
}

function floatType(source: Source, node: Node): string | undefined {
  const isTyped =
    isPropertySignatureDeclaration(node) ||
    isPropertyDeclaration(node) ||
    isParameterDeclaration(node);
  if (!isTyped || node.type === undefined || !isIdentifier(node.name)) return undefined;
  const { text } = node.name;
  if (!amountName.test(text) || !/\bnumber\b/.test(textOf(source, node.type))) return undefined;
  return `${text} is a number: amounts are bigint, or digits on the wire.`;
}
