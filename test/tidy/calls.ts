import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  type Node,
} from 'typescript/unstable/ast';
import { type Finding, findingAt, nodesOf, type Source, textOf } from './source.ts';

const innermost = ['shared/domain/', 'shared/app/', 'shared/ports/', 'shared/contracts/'];
const shipped = ['shared/', 'functions/'];

const members: Readonly<Record<string, string>> = {
  'Date.now': 'take the time from the clock port.',
  'Temporal.Now': 'take the time from the clock port.',
  'performance.now': 'take the time from the clock port.',
  'Math.random': 'take chance from the randomness port.',
  'crypto.randomUUID': 'take ids from the caller.',
  'crypto.getRandomValues': 'take chance from the randomness port.',
  'process.env': 'take settings as dependencies.',
  'process.hrtime': 'take the time from the clock port.',
};
const functions: Readonly<Record<string, string>> = {
  randomUUID: 'take ids from the caller.',
  setTimeout: 'wait through the sleeper port.',
  setInterval: 'wait through the sleeper port.',
  fetch: 'reach the network through a port.',
};
const printAdvice = 'no console: log by code through the logger port.';

/** Clock, chance, settings and network in code that is given them; prints in shipped code. */
export function checkCalls(source: Source): Finding[] {
  const within = (folders: readonly string[]) => folders.some((it) => source.path.startsWith(it));
  const nodes = [...nodesOf(source.tree)];
  const prints = within(shipped) ? nodes.filter(isPrint) : [];
  const findings = prints.map((node) => findingAt(source, node, 'banned-call', printAdvice));
  if (!within(innermost)) return findings;
  for (const node of nodes) {
    const advice = impurity(source, node);
    if (advice !== undefined) findings.push(findingAt(source, node, 'banned-call', advice));
  }
  return findings;
}

function isPrint(node: Node): boolean {
  if (!isPropertyAccessExpression(node)) return false;
  return isIdentifier(node.expression) && node.expression.text === 'console';
}

function impurity(source: Source, node: Node): string | undefined {
  if (isPropertyAccessExpression(node)) {
    const name = textOf(source, node).replace(/^globalThis\./, '');
    return Object.hasOwn(members, name) ? `${name}: ${members[name]}` : undefined;
  }
  if (isNewExpression(node) && textOf(source, node.expression) === 'Date') {
    if ((node.arguments?.length ?? 0) > 0) return undefined;
    return 'new Date() reads the machine: take the time from the clock port.';
  }
  if (!isCallExpression(node)) return undefined;
  const name = textOf(source, node.expression);
  if (name === 'Date') return 'Date() reads the machine: take the time from the clock port.';
  return Object.hasOwn(functions, name) ? `${name}: ${functions[name]}` : undefined;
}
