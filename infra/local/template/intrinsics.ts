import { unsupported } from '../failure.ts';

/** What references in a template stand for. */
export interface Scope {
  /** Value of `Ref`, for resources, parameters and pseudo parameters. */
  readonly reference: (name: string) => string | undefined;
  /** Value of `Fn::GetAtt`. */
  readonly attribute: (logicalId: string, attribute: string) => string | undefined;
}

type Intrinsic = (operand: unknown, scope: Scope, place: string) => unknown;

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: referTo,
  'Fn::GetAtt': attributeOf,
  'Fn::Join': join,
  'Fn::Sub': substitute,
  'Fn::Select': select,
  'Fn::Split': split,
};

/** Takes the place of a property that `AWS::NoValue` removes. */
const removed = Symbol('AWS::NoValue');

/**
 * Replaces the intrinsic functions in a part of a template by what they stand for. `place` names
 * that part in errors. Throws on a function that is not known and on a reference to nothing.
 */
export function resolveIntrinsics(value: unknown, scope: Scope, place: string): unknown {
  const resolved = resolve(value, scope, place);
  return resolved === removed ? undefined : resolved;
}

function resolve(value: unknown, scope: Scope, place: string): unknown {
  if (Array.isArray(value)) {
    return value
      .map((item, index) => resolve(item, scope, `${place}[${index}]`))
      .filter((item) => item !== removed);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (first !== undefined && isIntrinsic(first[0])) {
    const [name, operand] = first;
    const intrinsic = intrinsics[name];
    if (intrinsic === undefined || entries.length > 1) {
      throw unsupported(place, `the local runtime does not know ${name}.`);
    }
    return intrinsic(operand, scope, `${place}.${name}`);
  }
  return Object.fromEntries(
    entries
      .map(([key, item]) => [key, resolve(item, scope, `${place}.${key}`)] as const)
      .filter(([, item]) => item !== removed),
  );
}

function isIntrinsic(key: string): boolean {
  return key === 'Ref' || key.startsWith('Fn::');
}

function referTo(operand: unknown, scope: Scope, place: string): unknown {
  if (operand === 'AWS::NoValue') return removed;
  const name = textAt(operand, place);
  return found(scope.reference(name), place, name);
}

function attributeOf(operand: unknown, scope: Scope, place: string): string {
  const dotted = typeof operand === 'string' ? splitOnce(operand) : operand;
  const [logicalId, attribute] = Array.isArray(dotted) ? dotted : [];
  const resource = textAt(logicalId, place);
  const name = textAt(resolve(attribute, scope, place), place);
  return found(scope.attribute(resource, name), place, `${resource}.${name}`);
}

function join(operand: unknown, scope: Scope, place: string): string {
  const [delimiter, parts] = Array.isArray(operand) ? operand : [];
  return listAt(resolve(parts, scope, place), place)
    .map((part) => textAt(part, place))
    .join(textAt(delimiter, place));
}

function substitute(operand: unknown, scope: Scope, place: string): string {
  const [pattern, variables] = Array.isArray(operand) ? operand : [operand, {}];
  const own = resolve(variables, scope, place) as Record<string, unknown>;
  return textAt(pattern, place).replaceAll(/\$\{(!?)([^}]+)\}/g, (whole, literal, name) => {
    if (literal === '!') return whole.replace('!', '');
    if (Object.hasOwn(own, name)) return textAt(own[name], place);
    const value = name.includes('.') ? scope.attribute(...splitOnce(name)) : scope.reference(name);
    return found(value, place, name);
  });
}

function select(operand: unknown, scope: Scope, place: string): unknown {
  const [index, list] = Array.isArray(operand) ? operand : [];
  const chosen = listAt(resolve(list, scope, place), place)[Number(index)];
  if (chosen === undefined) throw unsupported(place, 'the list has no such element.');
  return chosen;
}

function split(operand: unknown, scope: Scope, place: string): string[] {
  const [delimiter, value] = Array.isArray(operand) ? operand : [];
  return textAt(resolve(value, scope, place), place).split(textAt(delimiter, place));
}

function splitOnce(dotted: string): [string, string] {
  const dot = dotted.indexOf('.');
  return [dotted.slice(0, dot), dotted.slice(dot + 1)];
}

function found(value: string | undefined, place: string, name: string): string {
  if (value === undefined) throw unsupported(place, `nothing in the template is ${name}.`);
  return value;
}

function textAt(value: unknown, place: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw unsupported(place, 'a string is expected here.');
}

function listAt(value: unknown, place: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw unsupported(place, 'a list is expected here.');
}
