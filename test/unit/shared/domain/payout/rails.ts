import * as z from 'zod';
import type { PayoutPolicy, Rail } from '../../../../../shared/domain/payout/policy.ts';
import { payouts } from '../../../../../shared/domain/program/schema/payouts.ts';

const bank = {
  ...{ id: 'bank', kind: 'bankAccount', names: { en: 'Bank account' } },
  minimumMinor: { EUR: 1_000, USD: 1_000, JPY: 1_000, KWD: 1_000 },
  sources: [{ provider: 'wise' }],
};

/** A policy with one rail to a bank account, changed as told. */
export function policyOf(rail: object = {}, rest: object = {}): PayoutPolicy {
  return z.parse(payouts, { rails: [{ ...bank, ...rail }], ...rest });
}

export function railOf(change: object = {}): Rail {
  const [rail] = policyOf(change).rails;
  if (rail === undefined) throw new Error('A policy has a rail.');
  return rail;
}
