import { pointerOf } from '../../shared/domain/program/findings.ts';
import { type Change, otherForms, otherWords, saidWhole } from './alternatives.ts';

/** A program with one figure, date, word or part changed. */
export interface Mutant {
  /** Where, as a JSON pointer. */
  readonly pointer: string;
  /** What, such as `+1` or `→ quarter`. */
  readonly change: string;
  readonly json: unknown;
}

type Path = readonly (string | number)[];
type Part = Readonly<Record<string, unknown>>;
type Place = readonly [path: Path, change: Change];

/** Names, texts and what events are called: to change them says nothing about the rules. */
const names = [
  /^\/(\$schema|program|name|region|timeZone|languages|units|currencies|countries|eventTypes)$/,
  /\/(id|names|name|provider|version|countries)$/,
  /^\/rewards\/\*\/(products|rounding)$/,
];
const patternPlace = /\/when$|^\/memberships\/\*\/events\/[^/]+$/;

/** Every mutant of a program, whose product lists have been read; many are no programs any more. */
export function* mutantsOf(program: unknown): Generator<Mutant> {
  const whole = withUnsaid(program, []);
  for (const [path, { change, value }] of placesIn(whole, [])) {
    yield { pointer: pointerOf(path), change, json: changed(whole, path, value) };
  }
}

function shapeOf(path: Path): string {
  return pointerOf(path.map((key) => (typeof key === 'number' ? '*' : key)));
}

/** A program that says what it would otherwise leave to the defaults. */
function withUnsaid(value: unknown, path: Path): unknown {
  if (Array.isArray(value)) return value.map((item, index) => withUnsaid(item, [...path, index]));
  if (!isPart(value)) return value;
  const entries = Object.entries(saidWhole(shapeOf(path), value));
  return Object.fromEntries(entries.map(([key, item]) => [key, withUnsaid(item, [...path, key])]));
}

function* placesIn(value: unknown, path: Path): Generator<Place> {
  const shape = shapeOf(path);
  if (names.some((name) => name.test(shape))) return;
  if (path.length > 0) yield [path, { change: 'removed', value: undefined }];
  if (patternPlace.test(shape) && isPart(value)) {
    yield* placesInPattern(value, path);
    return;
  }
  for (const change of changesOf(value, shape)) yield [path, change];
  for (const [key, item] of entriesOf(value)) yield* placesIn(item, [...path, key]);
}

function changesOf(value: unknown, shape: string): Change[] {
  if (typeof value === 'number') return otherNumbers(value);
  if (typeof value === 'boolean') return [{ change: `→ ${!value}`, value: !value }];
  if (typeof value === 'string') return [...otherDays(value), ...otherWords(shape, value)];
  return Array.isArray(value) ? otherOrders(value, shape) : otherForms(shape, partOf(value));
}

function otherNumbers(value: number): Change[] {
  const near = [
    { change: '+1', value: value + 1 },
    { change: '-1', value: value - 1 },
  ];
  return value > 1 ? [...near, { change: '×10', value: value * 10 }] : near;
}

/** A date, or a month and day, one day sooner and later. */
function otherDays(value: string): Change[] {
  const isMonthDay = /^\d\d-\d\d$/.test(value);
  if (!isMonthDay && !/^\d{4}-\d\d-\d\d$/.test(value)) return [];
  return [1, -1].map((days) => {
    const date = new Date(isMonthDay ? `2023-${value}` : value);
    date.setUTCDate(date.getUTCDate() + days);
    const day = date.toISOString().slice(isMonthDay ? 5 : 0, 10);
    return { change: `${days > 0 ? '+' : '-'}1 day`, value: day };
  });
}

/** Neighbours change places where their order decides. */
function otherOrders(list: readonly unknown[], shape: string): Change[] {
  return list.slice(1).flatMap((next, index): Change[] => {
    const item = list[index];
    const { firstOf } = partOf(item);
    const isOneOf = firstOf !== undefined && firstOf === partOf(next).firstOf;
    if (!isOneOf && shape !== '/earning/stacking/order') return [];
    const value = list.with(index, next).with(index + 1, item);
    return [{ change: `${index} and ${index + 1} swapped`, value }];
  });
}

const otherBound: Readonly<Record<string, string>> = { '>': '>=', '>=': '>', '<': '<=', '<=': '<' };

/** Of a pattern only bounds and presence are changed; what it compares with is a name. */
function* placesInPattern(value: unknown, path: Path): Generator<Place> {
  if (path.at(-1) === 'exists') yield [path, { change: `→ ${!value}`, value: !value }];
  if (path.at(-2) === 'numeric') {
    for (const change of otherBounds(value)) yield [path, change];
  }
  for (const [key, item] of entriesOf(value)) yield* placesInPattern(item, [...path, key]);
}

function otherBounds(value: unknown): Change[] {
  if (typeof value === 'number') return otherNumbers(value);
  const other = otherBound[String(value)];
  return other === undefined ? [] : [{ change: `→ ${other}`, value: other }];
}

function isPart(value: unknown): value is Part {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function partOf(value: unknown): Part {
  return isPart(value) ? value : {};
}

function entriesOf(value: unknown): (readonly [string | number, unknown])[] {
  return Array.isArray(value) ? [...value.entries()] : Object.entries(partOf(value));
}

/** A copy that shares what is not on the way to the change; keys keep their order. */
function changed(value: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to;
  if (Array.isArray(value)) {
    const index = Number(key);
    const item = changed(value[index], rest, to);
    return item === undefined ? value.toSpliced(index, 1) : value.with(index, item);
  }
  const part = partOf(value);
  const item = changed(part[key], rest, to);
  const { [key]: _, ...others } = part;
  return item === undefined ? others : { ...part, [key]: item };
}
