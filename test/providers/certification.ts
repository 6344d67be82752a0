import { describe, expect, test } from 'vitest';
import { certifyAccount } from './certification/account.ts';
import { certifyActs } from './certification/acts.ts';
import { certifyAmounts } from './certification/amounts.ts';
import { certifyCatalogue } from './certification/catalogue.ts';
import { certifyKeptErrors } from './certification/kept-errors.ts';
import { certifyLookUps } from './certification/look-ups.ts';
import { type Cases, casesOf } from './certification/on-stage.ts';
import { certifyOnce } from './certification/once.ts';
import { certifyOutcomes } from './certification/outcomes.ts';
import { certifySecrecy } from './certification/secrecy.ts';
import type { Harness } from './certification/stage.ts';
import { certifyUndone } from './certification/undone.ts';
import { certifyWebhooks } from './certification/webhooks.ts';

type Groups = Readonly<Record<string, (cases: Cases) => void>>;

/** Titles stand in the table that `guerdon certify` prints. */
const groups: Groups = {
  'one reward': certifyOnce,
  outcomes: certifyOutcomes,
  'kept errors': certifyKeptErrors,
  'look-ups': certifyLookUps,
  amounts: certifyAmounts,
  webhooks: certifyWebhooks,
  catalogue: certifyCatalogue,
  account: certifyAccount,
  'resend and cancel': certifyActs,
  'what came back': certifyUndone,
  secrecy: certifySecrecy,
};

/**
 * What a provider adapter has to show before it may spend money. One suite for all of them; `own`
 * are groups about what only this one has.
 */
export function certify(name: string, harness: Harness, own: Groups = {}): void {
  const cases = casesOf(harness);
  describe(`${name} is certified`, () => {
    describe('statements', () => certifyStatements(name, cases));
    for (const [title, certifyGroup] of Object.entries({ ...groups, ...own })) {
      describe(title, () => certifyGroup(cases));
    }
  });
}

function certifyStatements(name: string, { onStage, harness }: Cases): void {
  test('it states what it can do', () =>
    onStage(async ({ provider }) => {
      expect(provider.name).toBe(name);
      expect(provider.capabilities).toEqual(harness.capabilities);
      const { findsByReference, repeatedReference } = provider.capabilities;
      expect(findsByReference || repeatedReference === 'sameOrder').toBe(true);
      expect(provider.capabilities.kinds.length).toBeGreaterThan(0);
    }));

  test('what it cannot have and does not have is said in sentences', () => {
    const reasons = [...Object.values(harness.cannot), ...Object.values(harness.lacks ?? {})];
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z].{15,}\.$/);
    expect(harness.cannot).not.toHaveProperty('none');
  });
}
