import type { CompiledProgram } from '../../../shared/domain/program/compiled.ts';
import type { ProgramVersion } from '../../../shared/domain/program/version.ts';
import { invariant } from '../../../shared/domain/result.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { ChoiceKey } from '../../../shared/ports/choices.ts';
import { choiceDifferences, chooseDifferences } from './choice-step.ts';
import { commandDifferences, eventDifferences } from './delivered-steps.ts';
import type { Difference } from './differences.ts';
import { expectDifferences } from './expect-step.ts';
import { keepGivenRates, ratesOfScenario } from './given-rates.ts';
import { payoutChoiceDifferences, payoutDifferences } from './payout-step.ts';
import { publishDifferences } from './publish-step.ts';
import { quoteDifferences, redeemDifferences } from './redeem-step.ts';
import { redemptionDifferences } from './redemption-step.ts';
import { timeIn } from './replay-time.ts';
import type { Scenario, Step } from './scenario-schema.ts';
import { ReplayWorld } from './world.ts';

/** What a step found, and what the ledger says about it. */
export interface StepFindings {
  readonly differences: readonly Difference[];
  readonly because?: readonly string[];
}

export interface StepFailure extends StepFindings {
  /** From 1. */
  readonly step: number;
  readonly kind: string;
  readonly at: string;
  readonly note?: string;
}

/** What a step needs of its scenario. */
export interface StepContext {
  readonly world: ReplayWorld;
  readonly compiled: CompiledProgram;
  /** From 1. */
  readonly number: number;
  /** By the name of a file. */
  readonly versions: ReadonlyMap<string, ProgramVersion['program']>;
  /** Redemptions so far, by order. */
  readonly orders: Map<string, number>;
  /** Ids of redemptions (payouts among them) and quotes, by the names of their steps. */
  readonly redemptions: Map<string, string>;
  readonly quotes: Map<string, string>;
  readonly choices: Map<string, ChoiceKey>;
  readonly timeOf: (text: string) => Instant;
}

interface Staging {
  readonly version: ProgramVersion;
  readonly versions: StepContext['versions'];
}

/**
 * Plays one scenario in a world of its own. Every step is played, also after one that failed; only
 * a step that throws, which is a defect, is the last.
 */
export async function playScenario(
  scenario: Scenario,
  { version, versions }: Staging,
): Promise<StepFailure[]> {
  const { timeZone } = version.program;
  const timeOf = (text: string): Instant => {
    const instant = timeIn(text, timeZone);
    invariant(instant !== undefined, `${text} was checked to be a time.`);
    return instant;
  };
  const { start, steps, rates } = scenario;
  const world = new ReplayWorld(version, timeOf(start), timeOf(steps.at(-1)?.at ?? start));
  if (rates !== undefined) await keepGivenRates(world.dependencies.rates, ratesOfScenario(rates));
  const kept = {
    ...{ orders: new Map(), redemptions: new Map() },
    ...{ quotes: new Map(), choices: new Map() },
  };
  const failures: StepFailure[] = [];
  for (const [index, step] of steps.entries()) {
    const { at, note } = step;
    const number = index + 1;
    const kind = kinds.find((each) => each in step) ?? 'step';
    const fail = (found: StepFindings) =>
      failures.push({ step: number, kind, at, ...found, ...(note !== undefined && { note }) });
    try {
      await world.advanceTo(timeOf(at));
      const compiled = await world.compiled();
      const found = await playStep(step, { world, compiled, number, versions, ...kept, timeOf });
      if (found.differences.length > 0) fail(found);
    } catch (error) {
      fail(broken(error));
      break;
    }
  }
  return failures;
}

function broken(error: unknown): StepFindings {
  const got = error instanceof Error ? error.message : String(error);
  const because = error instanceof Error && error.stack ? [error.stack] : [];
  return { differences: [{ path: 'step', expected: 'played', got }], because };
}

const kinds = [
  ...['event', 'command', 'publish'],
  ...['quote', 'redeem', 'redemption', 'choice', 'choose'],
  ...['payoutChoice', 'payout', 'expect'],
] as const;

function playStep(step: Step, context: StepContext): Promise<StepFindings> {
  if ('event' in step) return eventDifferences(step, context);
  if ('command' in step) return commandDifferences(step, context);
  if ('publish' in step) return publishDifferences(step, context);
  if ('quote' in step) return quoteDifferences(step, context);
  if ('redemption' in step) return redemptionDifferences(step, context);
  if ('choice' in step) return choiceDifferences(step, context);
  if ('payoutChoice' in step) return payoutChoiceDifferences(step, context);
  if ('payout' in step) return payoutDifferences(step, context);
  if ('choose' in step) return chooseDifferences(step, context);
  if ('redeem' in step) return redeemDifferences(step, context);
  return expectDifferences(step, context);
}
