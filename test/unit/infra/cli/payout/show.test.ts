import { expect, it } from 'vitest';
import { lineInWords, linesOf, type PrintedLine } from '../../../../../infra/cli/payout/lines.ts';
import { payoutInWords, shownPayout } from '../../../../../infra/cli/payout/show.ts';
import { pointsInWords, shownPoints } from '../../../../../infra/cli/payout/show-points.ts';
import { readPaidPoints } from '../../../../../shared/app/payouts/paid-points.ts';
import { runPayouts } from '../../../../../shared/app/payouts/run-payouts.ts';
import { account, payingWorld, program } from '../../../../support/paying.ts';
import { offerPoints, railsWithPoints } from '../../../../support/paying-points.ts';

it('tells of a payout what it was and how it stands, and nothing of whom it goes to', async () => {
  const paying = payingWorld();
  const { dependencies, world } = paying;
  await paying.give('ann', 'EUR', 2_500n);
  await paying.choose('ann', { donation: { charity: 'food-bank', percent: 20 } }, account);
  await paying.give('low', 'EUR', 999n);
  await paying.choose('low', {}, account);
  const asked = { program, run: 'run-1', asOf: world.clock.now(), requestedBy: 'fin' };
  const result = await runPayouts(dependencies, asked);
  if (!result.ok) throw new Error(result.failure.code);
  const { run } = result.value;
  const lines: PrintedLine[] = [];
  for await (const line of linesOf(dependencies, run)) lines.push(line);
  const payout = lines.find(({ member }) => member === 'ann')?.payout ?? '';
  expect(lines.map(lineInWords).sort()).toEqual([
    `ann, €25.00: ${payout} by bank waits for its order`,
    'low, €9.99: left, less than the rail pays out',
  ]);

  await paying.settle();
  const record = await dependencies.redemptions.read(payout);
  const terms = record?.hold.terms.payout;
  if (record === undefined || terms === undefined) throw new Error('There is no payout.');
  const shown = shownPayout(record, terms, run);
  expect(shown).toMatchObject({
    ...{ member: 'ann', run: 'run-1', requestedBy: 'fin', rail: 'bank', state: 'paid' },
    gross: { amountMinor: '2500', currency: 'EUR' },
    donated: { amountMinor: '500', charity: 'food-bank' },
    ...{ fee: { amountMinor: '30', bearer: 'member' }, net: { amountMinor: '1970' } },
    provider: 'wise',
  });
  const told = payoutInWords(shown).join('\n');
  expect(told).toContain('€5.00 to food-bank');
  expect(told).toMatch(/^payout .* is paid$/m);
  for (const secret of ['Example', 'DE0212', 'example.com']) {
    expect(told + JSON.stringify(shown)).not.toContain(secret);
  }
});

it('tells of one in points what it was and became', async () => {
  const paying = payingWorld({ rails: railsWithPoints });
  const { dependencies, world } = paying;
  offerPoints(world);
  await paying.give('ann', 'EUR', 2_000n);
  await paying.choose('ann', { rail: 'points' });
  const asked = { program, run: 'run-1', asOf: world.clock.now(), requestedBy: 'fin' };
  const result = await runPayouts(dependencies, asked);
  if (!result.ok) throw new Error(result.failure.code);
  const { run } = result.value;
  const lines: PrintedLine[] = [];
  for await (const line of linesOf(dependencies, run)) lines.push(line);
  const payout = lines[0]?.payout ?? '';
  expect(lines.map(lineInWords)).toEqual([`ann, €20.00: ${payout} by points became 3000 PTS`]);
  const paid = await readPaidPoints(dependencies, { program, payout });
  if (paid === undefined) throw new Error('There is no payout.');
  const shown = shownPoints(payout, paid, run);
  expect(pointsInWords(shown)).toEqual([
    `payout           ${payout} is paid`,
    'member           ann',
    'run              run-1, asked for by fin',
    'rail             points',
    'from the wallet  €20.00',
    'to the member    3000 PTS, by top-up',
    'booked           2026-06-15T12:00:00.000Z',
  ]);
});
