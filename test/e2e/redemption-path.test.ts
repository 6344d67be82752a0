import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyLedger } from '../../infra/cli/ledger/verify.ts';
import { openSession, type Session } from '../../infra/cli/run/session.ts';
import { addMs } from '../../shared/domain/time.ts';
import { readOutcomes, wrongOutcomes } from './support/books-of-rewards.ts';
import * as paths from './support/every-path.ts';
import { everyPathProgram } from './support/every-path-program.ts';
import { caseReasons, rawItems } from './support/raw-table.ts';
import { asOf, giveAmounts } from './support/redeem-all.ts';
import { Walk } from './support/walk.ts';

const noonMs = 12 * 3_600_000;

let session: Session;
let folder: string;
let walk: Walk;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guerdon-test-'));
  const program = everyPathProgram();
  const log = () => undefined;
  session = await openSession({ program, asOf: addMs(asOf, noonMs), pendingMs: 'never', log });
  walk = new Walk(session, 'ann');
  await paths.loadVouchers(session, folder, 'SAMPLE');
  await giveAmounts(session, { ann: 20_000_000 });
}, 120_000);

afterAll(async () => {
  await session?.close();
  await rm(folder, { recursive: true, force: true });
});

const steps: readonly (readonly [string, (walk: Walk) => Promise<void>])[] = [
  ['enrols a member', (it) => paths.enrol(it, 'ann@example.com')],
  ['goes from a quote to an opened card', paths.quoteToClaim],
  ['gets a card from every provider', paths.everyProvider],
  ['gets one elsewhere after a late no', paths.failover],
  ['has one replaced that was undone', paths.replacement],
  ['has its points back where a yes comes too late', paths.successTooLate],
  [
    'mails again to another address',
    (it) =>
      paths.bounceAndResend(it, ['bounce+ann@simulator.amazonses.com', 'ann-new@example.com']),
  ],
  ['pays a part in cash', paths.cash],
  ['waits for two people to look at it', paths.reviews],
  [
    'gives the points for goods back that nobody sends',
    (it) => paths.goods(it, ['1 Road', 'London']),
  ],
  ['lets a member choose', (it) => paths.choice(it, 'ann@example.com')],
  ['shows a statement', paths.statementPage],
];

it.each(steps)(
  '%s',
  async (_, step) => {
    await step(walk);
  },
  120_000,
);

it('leaves books that balance, and cases that say why', async () => {
  await session.rest();
  const outcomes = await readOutcomes(session);
  const tooLate = [...outcomes].filter(([, { late }]) => late > 0);
  expect(tooLate).toMatchObject([[expect.any(String), { settled: 'released', late: 1 }]]);
  const others = [...outcomes].filter(([, { late }]) => late === 0);
  expect(wrongOutcomes(new Map(others.filter(isOfStandIn)))).toEqual([]);
  expect(caseReasons(await rawItems(session.stack)).sort()).toEqual([
    ...['DELIVERY_BOUNCED', 'SUCCESS_AFTER_RELEASE'],
  ]);
  expect(await session.stack.deadLetterCount()).toBe(0);
  expect((await verifyLedger(session.table.scan)).mismatches).toEqual([]);
}, 60_000);

/** The books of our own pool of codes are in the table. */
function isOfStandIn([, { settled, issuedBy }]: readonly [
  string,
  { readonly settled: string; readonly issuedBy: readonly string[] },
]): boolean {
  return settled === 'released' || issuedBy.length > 0;
}
