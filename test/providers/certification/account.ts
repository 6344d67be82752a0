import { expect, test } from 'vitest';
import type { Money } from '../../../shared/domain/money/money.ts';
import { instantOf } from '../../../shared/domain/time.ts';
import type { FindOutcome, SettlementLine } from '../../../shared/ports/provider.ts';
import { type Cases, collected, place, placeDecided } from './on-stage.ts';
import { canaryValue, type Played } from './stage.ts';

const reference = '71111111-2222-8333-8444-555555555501';
const hourMs = 3_600_000;
const manyOrders = 25;

/** What the account holds, and what the provider's books say has moved on it. */
export function certifyAccount(cases: Cases): void {
  certifyBalances(cases);
  if (cases.harness.capabilities.listsSettlements) {
    certifySettlements(cases);
    return;
  }
  test('a provider without books lists nothing', () =>
    cases.onStage(async (stage) => {
      await place(stage, reference);
      expect(await linesOf(stage)).toEqual([]);
    }));
}

function certifyBalances(cases: Cases): void {
  const { onStage, those, has } = cases;
  if (!has('balance')) {
    test('a provider without an account holds no money', () =>
      onStage(async ({ provider }) => {
        expect(await provider.balances()).toEqual([]);
      }));
    return;
  }
  test('the balance is the true one, before an order and after it', () =>
    onStage(async (stage) => {
      const before = held(stage);
      expect(await stage.provider.balances()).toContainEqual(before);
      await place(stage, reference);
      expect(held(stage).amountMinor).toBeLessThan(before.amountMinor);
      expect(await stage.provider.balances()).toContainEqual(held(stage));
    }));

  for (const trouble of those('serverError', 'page', 'emptyObject')) {
    test(`a balance that meets ${trouble} cannot be read`, () =>
      onStage(async (stage) => {
        stage.setTrouble(trouble);
        await expect(stage.provider.balances()).rejects.toThrow('could not be read');
      }));
  }

  if (!has('key')) return;
  test('a balance cannot be read with a refused key', () =>
    onStage(async (stage) => {
      await expect(stage.mistaken.balances()).rejects.toThrow('could not be read');
    }));
}

function held(stage: Played): Money {
  return stage.balance(canaryValue.currency);
}

/** More than fit on a page of the books. */
async function placeMany(stage: Played): Promise<void> {
  for (let number = 2; number <= manyOrders; number += 1) {
    await place(stage, reference.slice(0, -2) + String(number).padStart(2, '0'));
  }
  await placeDecided(stage, reference);
}

/** All that moved within an hour of now. */
function linesOf(
  stage: Played,
  fromMs = -hourMs,
  toMs = hourMs,
): Promise<readonly SettlementLine[]> {
  const [from, to] = [instantOf(stage.now() + fromMs), instantOf(stage.now() + toMs)];
  return collected(stage.provider.settlements({ from, to }));
}

function isAbout(line: SettlementLine, outcome: FindOutcome): boolean {
  if (line.reference !== undefined) return line.reference === reference;
  return outcome.kind === 'accepted' && line.providerOrder === outcome.providerOrder;
}

function sumOf(lines: readonly SettlementLine[]): bigint {
  return lines.reduce((sum, { amount }) => sum + amount.amountMinor, 0n);
}

function certifySettlements(cases: Cases): void {
  test('the charge of an order stands in the books, under a name that leads to it', () =>
    cases.onStage(async (stage) => {
      const outcome = await placeDecided(stage, reference);
      const lines = (await linesOf(stage)).filter((line) => isAbout(line, outcome));
      expect(lines).toMatchObject([{ kind: 'charge' }]);
      expect(sumOf(lines)).toBeLessThan(0n);
      if (outcome.kind !== 'accepted' || outcome.charge === undefined) return;
      const { amountMinor, currency } = outcome.charge;
      expect(lines[0]?.amount).toEqual({ amountMinor: -amountMinor, currency });
    }));

  test('every line has an id of its own, and all of a long list are read', () =>
    cases.onStage(async (stage) => {
      await placeMany(stage);
      const charges = (await linesOf(stage)).filter(({ kind }) => kind === 'charge');
      expect(charges).toHaveLength(manyOrders);
      expect(new Set(charges.map(({ id }) => id)).size).toBe(manyOrders);
      expect(await linesOf(stage)).toEqual(await linesOf(stage));
    }));

  test('another period has other lines', () =>
    cases.onStage(async (stage) => {
      await placeDecided(stage, reference);
      expect(await linesOf(stage, -2 * hourMs, -hourMs)).toEqual([]);
    }));

  for (const trouble of cases.those('breaksOff', 'serverError', 'page', 'emptyObject')) {
    test(`books that meet ${trouble} cannot be read`, () =>
      cases.onStage(async (stage) => {
        await placeMany(stage);
        stage.setTrouble(trouble);
        await expect(linesOf(stage)).rejects.toThrow('could not be read');
      }));
  }
  certifyRefunds(cases);
}

function certifyRefunds(cases: Cases): void {
  if (!cases.has('undo') || !cases.has('refundLines') || !cases.has('balance')) return;
  test('the lines of an order that was undone add up to what it cost in the end', () =>
    cases.onStage(async (stage) => {
      const before = held(stage);
      const outcome = await placeDecided(stage, reference);
      stage.undo(reference);
      const lines = (await linesOf(stage)).filter((line) => isAbout(line, outcome));
      expect(lines.some(({ kind }) => kind === 'refund')).toBe(true);
      expect(sumOf(lines)).toBe(held(stage).amountMinor - before.amountMinor);
    }));
}
