import { sealAddress } from '../../../shared/app/messages/contact-address.ts';
import { chooseRail } from '../../../shared/app/payouts/choose-rail.ts';
import type { PayMemberDependencies } from '../../../shared/app/payouts/paying-run.ts';
import { type ReportedRun, reportPayouts } from '../../../shared/app/payouts/report-payouts.ts';
import { runPayouts } from '../../../shared/app/payouts/run-payouts.ts';
import type { ReportRow } from '../../../shared/domain/payout/report.ts';
import { sanctionsIndex } from '../../../shared/domain/payout/sanctions.ts';
import { type Difference, differs, namedDiffer, wholeDiffers } from './differences.ts';
import { lastOf } from './explained.ts';
import type { ExpectedRow } from './payout-schema.ts';
import { outcomeDiffers } from './redeem-step.ts';
import type { StepContext, StepFindings } from './scenario-run.ts';
import type { PayoutChoiceStep, PayoutStep } from './scenario-schema.ts';
import type { ReplayWorld } from './world.ts';

/** Keeps how a member wants to be paid, as the member API does. */
export async function payoutChoiceDifferences(
  step: PayoutChoiceStep,
  { compiled, world }: StepContext,
): Promise<StepFindings> {
  const { member, ...choice } = step.payoutChoice;
  const { dependencies, program } = world;
  const chosen = await chooseRail(dependencies, { program, member }, choice);
  const because = lastOf(world, member, compiled.program.timeZone);
  return { differences: outcomeDiffers(step, chosen), because };
}

/** Runs the payouts, whose ids the following steps know as `RUN/MEMBER/CURRENCY`. */
export async function payoutDifferences(
  step: PayoutStep,
  context: StepContext,
): Promise<StepFindings> {
  const { world, redemptions } = context;
  const { run, requestedBy = 'schedule', listed = [] } = step.payout;
  const { program, now: asOf } = world;
  const dependencies = payingDependencies(world, listed);
  const ran = await runPayouts(dependencies, { program, run, asOf, requestedBy });
  const differences = outcomeDiffers(step, ran);
  if (!ran.ok) return { differences };
  const because: string[] = [];
  let placed = 0;
  for await (const { outcome, member, unit } of dependencies.payouts.lines(program, run)) {
    if (outcome.kind === 'skipped') continue;
    placed += 1;
    const name = `${run}/${member}/${unit}`;
    if (outcome.kind === 'payout') redemptions.set(name, outcome.payout);
    world.touch(member);
    because.push(...lastOf(world, member, context.compiled.program.timeZone).slice(-1));
  }
  if (step.placed !== undefined) differences.push(...differs('placed', step.placed, placed));
  if (step.skipped !== undefined) {
    const { skipped } = await reportOf(world, run);
    const got = new Map([...skipped].map(([reason, count]) => [reason, BigInt(count)]));
    differences.push(...wholeDiffers('skipped', step.skipped, got));
  }
  return { differences, because: because.slice(-shown) };
}

/** As many entries as tell what went wrong. */
const shown = 5;

/** Everybody can be reached, and nobody is told anything. */
function payingDependencies(
  { dependencies }: ReplayWorld,
  listed: readonly string[],
): PayMemberDependencies {
  const address = { email: 'member@example.com' };
  const contact = { off: [], consents: {}, saved: [], version: 1 };
  return {
    ...dependencies,
    sanctions: { index: async () => sanctionsIndex(listed) },
    contacts: {
      read: async (owner) => {
        return {
          ...owner,
          ...contact,
          sealed: await sealAddress(dependencies.sealer, owner, address),
        };
      },
    },
  };
}

function reportOf({ dependencies, program }: ReplayWorld, run: string): Promise<ReportedRun> {
  return reportPayouts(dependencies, { program, run });
}

/** Rows that are not what is expected, or not what the entries of their payouts have posted. */
export async function payoutRowsDiffer(
  world: ReplayWorld,
  run: string,
  expected: readonly ExpectedRow[],
): Promise<Difference[]> {
  const { report } = await reportOf(world, run);
  const rows = report.rows();
  const path = `payouts.${run}`;
  const nameOf = ({ rail, currency }: Pick<ReportRow, 'rail' | 'currency'>) =>
    `${rail} ${currency}`;
  return [
    ...differs(path, expected.map(nameOf).sort(), rows.map(nameOf).sort()),
    ...differs(`${path}.mismatches`, [], report.mismatches().map(nameOf)),
    ...expected.flatMap((wanted) => {
      const row = rows.find((each) => nameOf(each) === nameOf(wanted));
      return row === undefined ? [] : rowDiffers(`${path}.${nameOf(wanted)}`, wanted, row);
    }),
  ];
}

function rowDiffers(path: string, expected: ExpectedRow, row: ReportRow): Difference[] {
  const { rail: _, currency: __, donated, fxResult, points, ...figures } = expected;
  const given = Object.entries(figures).flatMap(([name, figure]) =>
    figure === undefined ? [] : [[name, figure] as const],
  );
  const got = (name: string) => BigInt(row[name as keyof typeof figures]);
  return [
    ...namedDiffer(path, Object.fromEntries(given), got),
    ...(donated ? wholeDiffers(`${path}.donated`, donated, row.donated) : []),
    ...(points ? wholeDiffers(`${path}.points`, points, row.points) : []),
    ...(fxResult ? wholeDiffers(`${path}.fxResult`, fxResult, row.fxResult) : []),
  ];
}
