import { type Result, success } from '../result.ts';
import { type PatternFailure, refuse, type ValueTest } from './pattern.ts';

/**
 * Bounds beyond this are refused: the service documents numeric matching between -5.0e9 and 5.0e9
 * only, while Event Ruler takes any double. Values of events are compared whatever their size.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
const largestBound = 5_000_000_000;

type Comparison = (value: number, bound: number) => boolean;

const comparisons: ReadonlyMap<unknown, Comparison> = new Map<unknown, Comparison>([
  ['=', (value, bound) => value === bound],
  ['<', (value, bound) => value < bound],
  ['<=', (value, bound) => value <= bound],
  ['>', (value, bound) => value > bound],
  ['>=', (value, bound) => value >= bound],
]);

/** `[operator, bound]`, or a lower and an upper bound. JSON numbers only: text never compares. */
export function compileNumeric(operand: unknown, path: string): Result<ValueTest, PatternFailure> {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) {
    return refuse(path, 'numeric takes one or two pairs of operator and number.');
  }
  const bounds: { readonly name: unknown; readonly compare: Comparison; readonly bound: number }[] =
    [];
  for (let index = 0; index < operand.length; index += 2) {
    const [name, bound]: unknown[] = operand.slice(index, index + 2);
    const compare = comparisons.get(name);
    if (compare === undefined) return refuse(path, `${JSON.stringify(name)} compares no numbers.`);
    if (typeof bound !== 'number' || !(Math.abs(bound) <= largestBound)) {
      return refuse(path, `A bound is a number between -${largestBound} and ${largestBound}.`);
    }
    bounds.push({ name, compare, bound });
  }
  const [low, high] = bounds;
  if (low !== undefined && high !== undefined) {
    const isRange = ['>', '>='].includes(`${low.name}`) && ['<', '<='].includes(`${high.name}`);
    if (!isRange || low.bound >= high.bound) {
      return refuse(path, 'Two bounds are a lower one and then a higher one.');
    }
  }
  return success({
    accepts: (leaf) =>
      typeof leaf === 'number' && bounds.every(({ compare, bound }) => compare(leaf, bound)),
    types: ['number'],
  });
}
