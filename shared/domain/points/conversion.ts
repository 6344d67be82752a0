import * as z from 'zod/mini';
import {
  type Decision,
  type DueWork,
  emptyDecision,
  type RecordWrite,
} from '../member/decision.ts';
import { type MemberSnapshot, recordOf, type StoredRecord } from '../member/snapshot.ts';
import type { CompiledProgram } from '../program/compiled.ts';
import type { Conversion } from '../program/schema.ts';
import { addDays, type LocalDate, localDateAt, startOfDay } from '../time.ts';
import { available, type Balance, dayOfLot } from './balance.ts';
import { isUntouched } from './balance-move.ts';
import type { UnitInput } from './due.ts';
import { lotFor } from './expiry.ts';

/** The last day on which a conversion was done for a member, also where it converted nothing. */
const conversionRecord = z.strictObject({ day: z.string() });

/** The next day of each conversion out of the unit, if it has come. */
export function conversionsDue(input: UnitInput): DueWork[] {
  const { compiled, snapshot, unit, balance } = input;
  if (isUntouched(balance)) return [];
  return compiled.program.conversions.flatMap((conversion) => {
    if (conversion.from !== unit) return [];
    const record = recordOf(snapshot, 'occasion', `conversion:${conversion.id}`);
    const day = nextDay(input, conversion, record);
    if (day === undefined) return [];
    return [
      {
        at: startOfDay(day, compiled.program.timeZone),
        id: `conversion:${conversion.id}:${day}:${snapshot.member}`,
        decision: marked(convertedOn(input, conversion, day), {
          snapshot,
          conversion,
          day,
          record,
        }),
      },
    ];
  });
}

function nextDay(
  { compiled, balance, today }: UnitInput,
  { on }: Conversion,
  record: StoredRecord | undefined,
): LocalDate | undefined {
  const done = record && (z.parse(conversionRecord, record.value).day as LocalDate);
  const after = done ?? dayBeforeFirst(compiled, balance);
  const firstYear = Number((after ?? addDays(today, -366)).slice(0, 4));
  const years = [firstYear, firstYear + 1, firstYear + 2];
  const days = years
    .flatMap((year) => [...on].sort().map((monthDay) => `${year}-${monthDay}` as LocalDate))
    .filter((day) => day <= today && (after === undefined || day > after));
  // Without any beginning, nobody knows for which days it was missed: only the last one counts.
  return after === undefined ? days.at(-1) : days[0];
}

/** Points that came on a day are not converted as of it or before; nor before there was a rule. */
function dayBeforeFirst(
  { program, from }: CompiledProgram,
  { warnedThrough }: Balance,
): LocalDate | undefined {
  if (warnedThrough === undefined) return undefined;
  const began = addDays(localDateAt(from, program.timeZone), -1);
  const first = dayOfLot(warnedThrough);
  return began > first ? began : first;
}

/** Every full `points` of what can be spent on the day. */
function convertedOn(
  { compiled, snapshot, balance }: UnitInput,
  { id, from, points, to, gives }: Conversion,
  day: LocalDate,
): Decision {
  const { member } = snapshot;
  const spendable = available(balance, day);
  const times = spendable > 0n ? spendable / BigInt(points) : 0n;
  const inputs = { day, from, to };
  if (times === 0n) return emptyDecision('change', { rule: id, reason: 'TOO_FEW_POINTS', inputs });
  const lot = lotFor(compiled.program, to, startOfDay(day, compiled.program.timeZone));
  const taken = times * BigInt(points);
  const given = times * BigInt(gives);
  const amounts = { points: `${taken}`, gives: `${given}` };
  const account = 'converted';
  return {
    ...emptyDecision('conversion', {
      rule: id,
      reason: 'CONVERTED',
      inputs: { ...inputs, ...amounts },
    }),
    movements: [
      { kind: 'take', member, unit: from, points: taken, to: account, uncovered: 'case' },
      { kind: 'credit', member, unit: to, points: given, lot, from: account },
    ],
  };
}

function marked(
  decision: Decision,
  {
    snapshot: { member },
    conversion: { id },
    day,
    record,
  }: {
    readonly snapshot: MemberSnapshot;
    readonly conversion: Conversion;
    readonly day: LocalDate;
    readonly record: StoredRecord | undefined;
  },
): Decision {
  const written: RecordWrite = {
    ...{ member, kind: 'occasion', id: `conversion:${id}`, next: { day } },
    ...(record !== undefined && { version: record.version }),
  };
  return { ...decision, records: [written] };
}
