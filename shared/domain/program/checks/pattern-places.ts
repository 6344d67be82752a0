import { pointerOf } from '../findings.ts';
import type { Program } from '../schema.ts';
import { type Place, placesOfAll } from './places.ts';

/** Where patterns stand; the matcher reads each of them as one. */
const patternRoutes = [
  'earning/rules/*/when',
  'earning/rules/*/pending/until/*/when',
  'earning/returns/*/when',
  'earning/promotions/*/when',
  'metrics/*/when',
  'metrics/*/accelerators/*/when',
  'tiers/placements/*/when',
  'referral/stages/*/when',
  'challenges/*/when',
  'checklists/*/tasks/*/when',
  'memberships/*/events/*',
  'gifts/*/when',
] as const;

export function patternPlaces(program: Program): Place[] {
  return placesOfAll(program, patternRoutes);
}

/**
 * The pointer to a place within a pattern that the matcher names as `data.amount[0].numeric`; as
 * far as it can be followed, since keys may hold dots.
 */
export function pointerInto({ path, value }: Place, label: string): string {
  const steps: (string | number)[] = [];
  let at: unknown = value;
  let rest = label;
  while (rest !== '' && typeof at === 'object' && at !== null) {
    const step = Array.isArray(at) ? indexIn(rest) : keyIn(Object.keys(at), rest);
    if (step === undefined) break;
    steps.push(step.key);
    at = Reflect.get(at, step.key);
    rest = rest.slice(step.length).replace(/^\./, '');
  }
  return pointerOf([...path, ...steps]);
}

function indexIn(label: string) {
  const [whole, digits] = /^\[(\d+)\]/.exec(label) ?? [];
  return whole === undefined ? undefined : { key: Number(digits), length: whole.length };
}

/** The longest key that the label goes on with. */
function keyIn(keys: readonly string[], label: string) {
  const [key] = keys
    .filter((each) => label.startsWith(each) && /^($|\.|\[)/.test(label.slice(each.length)))
    .sort((one, other) => other.length - one.length);
  return key === undefined ? undefined : { key, length: key.length };
}
