import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { programOf } from './program-json.ts';
import { anyProgram, anyPurchase, orderOf, type Purchase, programJson } from './return-programs.ts';
import { runs } from './runs.ts';
import { dayMs, type Sent, Stage } from './stage.ts';
import { accountsIn, budgetsIn, statesIn } from './state.ts';

/** How one order comes and goes. */
const anyJourney = fc.record({
  purchase: anyPurchase,
  /** Parts of the amount that come back before the rest does. */
  parts: fc.array(fc.integer({ min: 1, max: 15_000 }), { maxLength: 3 }),
  /** Before which return the points that wait are activated; none where it is too high. */
  activated: fc.nat({ max: 5 }),
  waitDays: fc.constantFrom(0, 0, 3, 16),
});
const anyOther = fc.record({ purchase: anyPurchase, step: fc.nat({ max: 5 }) });

function journeyOf(
  { purchase, parts, activated }: typeof anyJourney extends fc.Arbitrary<infer Of> ? Of : never,
  stage: Stage,
): Sent[] {
  const { member, amountMinor } = purchase;
  const order = orderOf('it', purchase, stage.now());
  const amounts = [...parts, amountMinor];
  const returns = amounts.map((amount, index): Sent => {
    const id = `it-r${index}`;
    return { id, member, amountMinor: amount, type: 'order.returned', of: 'it' };
  });
  const activation: Sent = { id: 'it-a', member, type: 'trip.completed', of: 'it' };
  returns.splice(activated, 0, ...(activated < amounts.length ? [activation] : []));
  return [order, ...returns];
}

/** Everything of the others, and where the journey is given, a step of it before each of them. */
async function played(
  stage: Stage,
  others: readonly { readonly purchase: Purchase; readonly step: number }[],
  steps: readonly (Sent | undefined)[],
  waitDays: number,
): Promise<void> {
  const start = stage.now();
  for (const [index, step] of steps.entries()) {
    if (step !== undefined) await stage.send([step]);
    const mine = others.filter((other) => other.step === index);
    const sent = mine.map(({ purchase }, at) => orderOf(`x${index}-${at}`, purchase, start));
    await stage.send(sent);
    if (index === 0) stage.reach(stage.now() + waitDays * dayMs);
    if (waitDays > 0) await stage.sweep();
    await stage.audit();
  }
  await stage.sweep();
}

/** Points issued and not gone again: what a member let lapse is breakage, returned or not. */
function givenIn({ table }: Stage): Record<string, bigint> {
  const accounts = accountsIn(table);
  const sumOf = (unit: string) =>
    BigInt(accounts[`${unit} issued`] ?? 0) + BigInt(accounts[`${unit} breakage`] ?? 0);
  return { points: sumOf('PTS'), miles: sumOf('MILES') };
}

describe('a return of everything', () => {
  it('leaves all as if the order had never been', async () => {
    const property = fc.asyncProperty(
      anyProgram,
      anyJourney,
      fc.array(anyOther, { maxLength: 5 }),
      async (choice, journey, others) => {
        const program = programOf(programJson(choice));
        // What caps leave to others depends on the order while it stands.
        const mine = new Set([journey.purchase.member]);
        const apart = others.filter(({ purchase }) => !mine.has(purchase.member));
        const [stage, without] = [new Stage(program), new Stage(program)];
        const steps = journeyOf(journey, stage);
        const earlier = orderOf('before', journey.purchase, stage.now());
        for (const one of [stage, without]) await one.send([earlier]);
        await played(stage, apart, steps, journey.waitDays);
        await played(
          without,
          apart,
          steps.map(() => undefined),
          journey.waitDays,
        );
        expect(statesIn(stage.table)).toEqual(statesIn(without.table));
        expect(budgetsIn(stage.table)).toEqual(budgetsIn(without.table));
        expect(givenIn(stage)).toEqual(givenIn(without));
        await stage.audit();
      },
    );
    await fc.assert(property, runs(60));
  });
});
