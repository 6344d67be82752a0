import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { createWise } from '../../shared/adapters/providers/wise.ts';
import { addMs, instantOf } from '../../shared/domain/time.ts';
import type { RewardProvider } from '../../shared/ports/provider.ts';
import { collected } from './certification/on-stage.ts';
import { type FakeWise, startFakeWise } from './fake/wise.ts';
import { askedAt, orderOf, reference } from './fake/wise-client.ts';

const keys = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const strangers = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const pemOf = ({ privateKey }: typeof keys) =>
  privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const wanted = { kind: 'rejected', reason: 'configuration', detail: 'APPROVAL_WANTED' };

type Scene = (of: {
  readonly fake: FakeWise;
  readonly withKey: (pair?: typeof keys) => RewardProvider;
  readonly keyless: RewardProvider;
}) => Promise<void>;

/** An account whose payments and statements need a signature by `keys`. */
const scene = (act: Scene) => async () => {
  const fake = await startFakeWise({ seed: 'approval' });
  fake.demandApproval(keys.publicKey);
  const clock = { now: () => instantOf(Date.now()) };
  const settings = { ...fake.secret, clock, timeoutMs: 10_000 };
  try {
    await act({
      fake,
      withKey: (pair = keys) => createWise({ ...settings, signingKey: pemOf(pair) }),
      keyless: createWise(settings),
    });
  } finally {
    await fake.close();
  }
};

/** Where Wise wants strong authentication. */
export function certifyApproval(): void {
  test(
    'with the key a payout is paid, once, and the account is read',
    scene(async ({ fake, withKey }) => {
      const provider = withKey();
      const placed = await provider.placeOrder(orderOf());
      expect(placed).toMatchObject({ kind: 'accepted', final: true });
      expect([fake.paidOut(), fake.approvalsAsked()]).toEqual([1, 1]);
      const to = addMs(instantOf(Date.now()), 60_000);
      const lines = await collected(provider.settlements({ from: addMs(to, -3_600_000), to }));
      expect(lines).toMatchObject([{ kind: 'charge' }]);
    }),
  );

  test(
    'without a key nothing is paid and ops is told; with it the same transfer is',
    scene(async ({ fake, keyless, withKey }) => {
      expect(await keyless.placeOrder(orderOf())).toEqual(wanted);
      expect(await keyless.placeOrder(orderOf())).toEqual(wanted);
      expect([fake.transfers().length, fake.paidOut()]).toEqual([1, 0]);
      const placed = await withKey().placeOrder(orderOf());
      expect(placed).toMatchObject({ kind: 'accepted', final: true });
      expect([fake.transfers().length, fake.paidOut()]).toEqual([1, 1]);
    }),
  );

  test(
    'a key that Wise does not know is tried once for a call, and pays nothing',
    scene(async ({ fake, withKey }) => {
      expect(await withKey(strangers).placeOrder(orderOf())).toEqual(wanted);
      expect([fake.paidOut(), fake.approvalsAsked()]).toEqual([0, 2]);
    }),
  );

  certifyRefused();
}

function certifyRefused(): void {
  test(
    'an approved call whose answer is lost is unknown, and found as paid once',
    scene(async ({ fake, withKey }) => {
      const provider = withKey();
      fake.setAnswerHook((answer, { headers }) =>
        headers['x-signature'] === undefined ? answer : undefined,
      );
      expect((await provider.placeOrder(orderOf())).kind).toBe('unknown');
      fake.setAnswerHook(undefined);
      const found = await provider.findOrder(reference, askedAt(Date.now()));
      expect(found).toMatchObject({ kind: 'accepted', final: true });
      expect(await provider.placeOrder(orderOf())).toMatchObject({ kind: 'accepted' });
      expect(fake.paidOut()).toBe(1);
    }),
  );

  test(
    'a 403 that asks for no approval is no reason to sign anything',
    scene(async ({ fake, withKey }) => {
      fake.setAnswerHook((answer) =>
        answer.status === 403
          ? { ...answer, headers: { 'x-2fa-approval-result': 'APPROVED' } }
          : answer,
      );
      const refused = { ...wanted, detail: 'NOT_PERMITTED' };
      expect(await withKey().placeOrder(orderOf())).toEqual(refused);
      expect([fake.paidOut(), fake.approvalsAsked()]).toEqual([0, 1]);
    }),
  );

  test(
    'without the key a statement cannot be read, and does not look empty',
    scene(async ({ keyless }) => {
      const period = { from: instantOf(0), to: instantOf(Date.now()) };
      await expect(collected(keyless.settlements(period))).rejects.toThrow('could not be read');
    }),
  );
}
