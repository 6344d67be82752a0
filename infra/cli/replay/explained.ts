import type { Entry } from '../../../shared/domain/ledger/entry.ts';
import { localTimeText } from './replay-time.ts';
import type { ReplayWorld } from './world.ts';

const shown = 4;

/** What an entry says of itself, in one line; times are those of the program's zone. */
export function explained(entry: Entry, timeZone: string): string {
  const { kind, occurredAt, explanation, awards = [] } = entry;
  const { reason, rule, inputs = {} } = explanation;
  const figures = Object.entries(inputs).map(([name, value]) => `${name}=${value}`);
  const given = awards.map(
    (award) => `${award.rule} ${award.points} ${award.unit}: ${award.arithmetic}`,
  );
  const what = [kind, reason, ...(rule === undefined ? [] : [rule]), ...figures].join(' ');
  return [`${localTimeText(occurredAt, timeZone)} ${what}`, ...given].join('; ');
}

/** The last entries that had to do with a member. */
export function lastOf(world: ReplayWorld, member: string, timeZone: string): string[] {
  const own = [...world.table.entries.values()].filter(
    (entry) =>
      entry.member === member ||
      entry.legs.some(({ account }) => 'member' in account && account.member === member),
  );
  return own.slice(-shown).map((entry) => explained(entry, timeZone));
}
