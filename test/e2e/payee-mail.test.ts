import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { openSession, type Session } from '../../infra/cli/run/session.ts';
import type { Mail } from '../../infra/local/mail/mailbox.ts';
import { payouts } from '../../shared/domain/program/schema/payouts.ts';
import { instantOf } from '../../shared/domain/time.ts';
import { sampleProgram } from '../support/sample-program.ts';
import { ApiClient, programName } from './support/api-client.ts';
import { giveAmounts } from './support/redeem-all.ts';

const minimumMinor = { EUR: 1_000 };
const policy = {
  rails: [
    {
      ...{ id: 'bank', kind: 'bankAccount', names: { en: 'Bank account', de: 'Bankkonto' } },
      ...{ minimumMinor, sources: [{ provider: 'wise' }] },
    },
    {
      ...{ id: 'paypal', kind: 'payPal', names: { en: 'PayPal' }, minimumMinor },
      sources: [{ provider: 'paypal-payouts' }],
    },
  ],
};
const byBank = {
  ...{ rail: 'bank', currency: 'EUR', country: 'DE' },
  payee: {
    ...{ rail: 'bankAccount', holderName: 'Ann Example', country: 'DE' },
    account: { kind: 'iban', iban: 'DE02120300000000202051' },
  },
};
const byPayPal = {
  ...{ rail: 'paypal', currency: 'EUR', country: 'DE' },
  payee: { rail: 'payPal', receiverKind: 'email', receiver: 'mallory@example.test' },
};

const path = `/v1/programs/${programName}/members/ann`;
let session: Session;
let api: ApiClient;

beforeAll(async () => {
  const plain = sampleProgram();
  const notifications = { ...plain.notifications, quietHours: { from: '00:00', to: '23:59' } };
  const program = { ...plain, notifications, payouts: z.parse(payouts, policy) };
  const asOf = instantOf(Date.UTC(2026, 5, 15, 12));
  session = await openSession({ program, asOf, log: () => undefined });
  await giveAmounts(session, { ann: 100 });
  api = await ApiClient.of(session.stack.urls.api, { scope: 'staff', subject: 'desk' });
}, 120_000);

afterAll(() => session?.close());

/** In the order in which they were sent. */
async function mails(): Promise<Mail[]> {
  await session.drain();
  const response = await fetch(new URL('/mails.json', session.stack.urls.mail));
  return ((await response.json()) as Mail[]).toReversed();
}

it('mails a member each time that how they are paid is changed, at any hour', async () => {
  const preferences = { email: 'ann@example.test', language: 'de' };
  const asked = [
    await api.send('PUT', `${path}/preferences`, { body: preferences }),
    await api.send('PUT', `${path}/payout-choice`, { body: byBank }),
  ];
  expect(await mails()).toHaveLength(1);
  asked.push(await api.send('PUT', `${path}/payout-choice`, { body: byPayPal }));
  expect(await mails()).toHaveLength(2);
  asked.push(await api.send('DELETE', `${path}/payout-choice`));
  asked.push(await api.send('DELETE', `${path}/payout-choice`));
  expect(await mails()).toHaveLength(3);
  asked.push(await api.send('PUT', `${path}/payout-choice`, { body: byBank }));
  const sent = await mails();
  expect(asked.map(({ status }) => status)).toEqual([200, 200, 200, 204, 204, 200]);
  expect(sent.map(({ to, subject }) => [...to, subject])).toEqual(
    Array.from({ length: 4 }, () => [
      'ann@example.test',
      'Ihr Auszahlungsweg bei Online Retail Rewards wurde geändert',
    ]),
  );
  const told = ['Bankkonto.\n\n- Konto: …2051\n', 'PayPal.\n\n- Konto: …y@…\n', 'gelöscht'];
  for (const [index, words] of [...told, 'Bankkonto'].entries()) {
    expect(sent[index]?.text).toContain(words);
  }
  const all = sent.map(({ text, html }) => text + html).join();
  expect(all).not.toMatch(/DE0212|Ann Example|mallory/);
  expect(await session.stack.deadLetterCount()).toBe(0);
}, 120_000);
