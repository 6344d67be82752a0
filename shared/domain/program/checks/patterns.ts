import { type KnownField, whyNeverMatches } from '../../pattern/contradiction.ts';
import { parsePattern } from '../../pattern/parse.ts';
import type { Alternative } from '../../pattern/pattern.ts';
import { pointerOf } from '../findings.ts';
import type { Finding, Program } from '../schema.ts';
import { nearest } from '../suggest.ts';
import { fieldsBelow, topFields } from './event-fields.ts';
import { patternPlaces, pointerInto } from './pattern-places.ts';
import type { Place } from './places.ts';

/** Patterns that the matcher does not know, and those that no event of the program matches. */
export function patternFindings(program: Program): Finding[] {
  const known = knownFields(program);
  return patternPlaces(program).flatMap((place) => patternFinding(place, known));
}

function patternFinding(place: Place, known: readonly KnownField[]): Finding[] {
  const parsed = parsePattern(place.value);
  if (!parsed.ok) {
    const { path, sentence } = parsed.failure;
    return [{ pointer: pointerInto(place, path), message: `no pattern: ${sentence}` }];
  }
  const absent = parsed.value.map(absentField);
  const reasons = whyNeverMatches(place.value, known).map(
    ({ path, sentence }) => `${path}: ${sentence}`,
  );
  const missing = absent.filter((reason) => reason !== undefined);
  const found = reasons.length > 0 ? reasons : missing.length === absent.length ? missing : [];
  if (found.length === 0) return [];
  const message = `matches no event. ${[...new Set(found)].join(' Or ')}`;
  return [{ pointer: pointerOf(place.path), message }];
}

/** Why an alternative asks for a field that events never have. */
function absentField(alternative: Alternative): string | undefined {
  for (const { keys, orAbsent } of alternative) {
    const [top = '', below] = keys;
    if (orAbsent) continue;
    if (!topFields.includes(top)) return `${top}: ${noField(top, topFields)}`;
    const fields = fieldsBelow.get(top);
    if (fields === undefined || below === undefined || fields.includes(below)) continue;
    return `${top}.${below}: ${noField(below, fields)}`;
  }
  return undefined;
}

function noField(field: string, known: readonly string[]): string {
  const near = nearest(field, known);
  const hint = near === undefined ? 'what is not listed in the event stands in data' : near;
  return `Events have no such field; ${near === undefined ? hint : `did you mean ${hint}?`}`;
}

/** What is true of every event that the program accepts. */
function knownFields({ eventTypes, currencies, countries }: Program): KnownField[] {
  const text = { types: ['string'] } as const;
  const number = { types: ['number'] } as const;
  return [
    { keys: ['type'], isRequired: true, holds: eventTypes },
    { keys: ['currency'], isRequired: true, holds: currencies },
    { keys: ['country'], isRequired: false, holds: countries ?? text },
    { keys: ['amountMinor'], isRequired: true, holds: number },
    { keys: ['occurredAt'], isRequired: true, holds: number },
    ...['id', 'source', 'member'].map((key) => ({ keys: [key], isRequired: true, holds: text })),
    { keys: ['participant'], isRequired: false, holds: text },
    ...['id', 'source'].map((key) => ({
      keys: ['refersTo', key],
      isRequired: false,
      holds: text,
    })),
  ];
}
