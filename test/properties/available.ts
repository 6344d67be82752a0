import { expect } from 'vitest';
import type { MemoryTable } from '../../shared/adapters/memory/memory-table.ts';
import { available } from '../../shared/domain/points/balance.ts';
import type { Program } from '../../shared/domain/program/schema.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { localDateAt } from '../../shared/domain/time.ts';

/** The day in a zone, by the platform's calendar. */
export function dayIn(timeZone: string, instant: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(instant);
}

/** Lots that have not expired, and points whose day has come, minus debt; written a second time. */
export function auditAvailable(table: MemoryTable, program: Program, now: Instant): void {
  const today = dayIn(program.timeZone, now).slice(2).replaceAll('-', '');
  for (const { member, unit, balance } of table.balances.values()) {
    const { lots, vesting, debt, activeUntil } = balance;
    const open = [...lots].filter(([lot]) => lot > today).map(([, points]) => points);
    const due = [...vesting].filter(([day]) => day <= today).map(([, points]) => points);
    const sum = [...open, ...due].reduce((all, points) => all + points, 0n) - debt;
    if (activeUntil !== undefined && activeUntil <= today) continue;
    const told = available(balance, localDateAt(now, program.timeZone));
    expect(`${member} ${unit} ${told}`).toBe(`${member} ${unit} ${sum}`);
  }
}
