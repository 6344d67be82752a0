import { expect, it } from 'vitest';
import { readExamples } from '../../infra/cli/contracts/examples.ts';
import { refusalStatus } from '../../shared/contracts/problem.ts';
import { redemptionId, redemptionSeed } from '../../shared/domain/redemption/reference.ts';
import { playExamples } from './play-examples.ts';
import { refusedMembers } from './refused/members.ts';
import { refusedPayoutChoices } from './refused/payout-choices.ts';
import { refusedActs, refusedRedemptions } from './refused/redemptions.ts';
import type { Refused } from './refused/row.ts';
import { refusedSystems } from './refused/systems.ts';
import { claimsOf } from './request.ts';

const examples = readExamples();
/** Everything but what takes away what the examples have made. */
const { stage } = await playExamples(examples.filter(({ name }) => name !== 'no more'));
const { digest } = stage.shared;

/** The redemption that was asked under a key, or the id itself. */
function idOf(name: string): string {
  if (!name.startsWith('redeem-')) return name;
  const identity = { program: 'online-retail', caller: 'member:ann', idempotencyKey: name };
  return redemptionId(digest.sha256Hex(redemptionSeed(identity)));
}

async function ask({ of, body, query, path, sameKey }: Refused) {
  const example = examples.find(({ name }) => name === of);
  if (example === undefined) throw new Error(`No example shows ${of}.`);
  const { key } = example;
  const { redemption } = path ?? {};
  return stage.call({
    ...{ route: example.route, claims: claimsOf(example.scope, example.subject) },
    path: {
      ...example.path,
      ...path,
      ...(redemption !== undefined && { redemption: idOf(redemption) }),
    },
    ...(key !== undefined && { key: sameKey === true ? key : 'never-used' }),
    ...(query && { query }),
    ...(example.body !== undefined && { body: { ...(example.body as object), ...body } }),
  });
}

const rows = [
  ...[...refusedRedemptions, ...refusedActs, ...refusedMembers],
  ...[...refusedPayoutChoices, ...refusedSystems],
];
const told = (row: Refused) => JSON.stringify(row.body ?? row.query ?? row.path ?? {}).slice(0, 80);

it.each(rows.map((row) => ({ ...row, told: told(row), row })))(
  '$of: $told is $code',
  async ({ row }) => {
    const before = stage.books();
    const { status, body } = await ask(row);
    const { code, field } = row;
    expect(body).toMatchObject({ code, ...(field !== undefined && { field }) });
    expect(status).toBe(refusalStatus(code));
    expect(stage.books()).toBe(before);
  },
);

it('names what is nearest to a face value that is not sold', async () => {
  const of = 'ten pounds';
  const { body } = await ask({
    of,
    code: 'AMOUNT_NOT_OFFERED',
    body: { rewardId: 'cinema-ticket', amountMinor: '1500' },
  });
  expect(body).toMatchObject({
    alternatives: expect.arrayContaining([expect.objectContaining({ rewardId: 'cinema-ticket' })]),
  });
});
