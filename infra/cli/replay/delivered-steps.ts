import { eventHash } from '../../../shared/app/booking/event-hash.ts';
import { readMemberCommand } from '../../../shared/contracts/commands.ts';
import { readCustomerEvent } from '../../../shared/contracts/events.ts';
import type { EventReference } from '../../../shared/domain/earning/event.ts';
import type { Account, Entry } from '../../../shared/domain/ledger/entry.ts';
import type { Refusal } from '../../../shared/domain/refusal.ts';
import { formatInstant } from '../../../shared/domain/time.ts';
import { type Difference, differs, wholeDiffers } from './differences.ts';
import { explained } from './explained.ts';
import type { StepContext, StepFindings } from './scenario-run.ts';
import type { CommandStep, EventStep } from './scenario-schema.ts';
import type { ReplayWorld } from './world.ts';

const source = 'scenario';

/** Sends an event, as a producer would, and compares what became of it. */
export async function eventDifferences(
  step: EventStep,
  context: StepContext,
): Promise<StepFindings> {
  const { world, timeOf } = context;
  const { occurredAt, amountMinor = 0, currency, refersTo, lines, ...facts } = step.event;
  const reference = referenceOf(step, context);
  const read = readCustomerEvent({
    ...reference,
    ...facts,
    occurredAt: formatInstant(occurredAt === undefined ? world.now : timeOf(occurredAt)),
    amountMinor: `${amountMinor}`,
    currency: currency ?? context.compiled.program.currencies[0],
    ...(lines && {
      lines: lines.map((line) => ({ quantity: 1, ...line, amountMinor: `${line.amountMinor}` })),
    }),
    ...(refersTo !== undefined && {
      refersTo: typeof refersTo === 'string' ? { source, id: refersTo } : refersTo,
    }),
  });
  if (!read.ok) return { differences: outcomeDiffers(step, refusedBy(read.failure)) };
  const sent = await world.deliverEvent(read.value);
  const entry = await entryOf(world, reference);
  const waits = entry?.explanation.reason === 'WAITING_FOR_ORIGINAL';
  const kind = waits && sent.kind === 'returned' ? 'waits' : 'accepted';
  const differences = outcomeDiffers(step, happened(sent, kind));
  if (differences.length > 0 || entry === undefined) return found(differences, entry, context);
  return found([...reasonDiffers(step, entry), ...pointsDiffer(step, entry)], entry, context);
}

/** Sends a command, and compares what became of it. */
export async function commandDifferences(
  step: CommandStep,
  context: StepContext,
): Promise<StepFindings> {
  const { world, timeOf } = context;
  const { occurredAt, actor = 'operator', data = {}, ...facts } = step.command;
  const reference = referenceOf(step, context);
  const read = readMemberCommand({
    ...reference,
    ...facts,
    ...{ actor, data: withHashes(data, world) },
    occurredAt: formatInstant(occurredAt === undefined ? world.now : timeOf(occurredAt)),
  });
  if (!read.ok) return { differences: outcomeDiffers(step, refusedBy(read.failure)) };
  const sent = await world.deliverCommand(read.value);
  const entry = await entryOf(world, reference);
  const differences = outcomeDiffers(step, happened(sent, 'accepted'));
  if (differences.length > 0 || entry === undefined) return found(differences, entry, context);
  return found(reasonDiffers(step, entry), entry, context);
}

function referenceOf({ id }: EventStep | CommandStep, { number }: StepContext): EventReference {
  return { source, id: id ?? `step-${number}` };
}

/** `{ "entryOf": STEP }` stands for what the ledger calls the entry of a step. */
function withHashes(
  data: Readonly<Record<string, unknown>>,
  { dependencies: { digest } }: ReplayWorld,
): Record<string, unknown> {
  const named = Object.entries(data).map(([key, value]) => {
    const id = Object(value).entryOf;
    return [key, typeof id === 'string' ? eventHash(digest, { source, id }) : value];
  });
  return Object.fromEntries(named);
}

async function entryOf(
  { dependencies: { digest, ledger }, program }: ReplayWorld,
  reference: EventReference,
): Promise<Entry | undefined> {
  const hash = eventHash(digest, reference);
  const asked = { members: [], hashes: [hash], originals: [], budgets: [] };
  const { entries } = await ledger.readForPosting({ program, ...asked });
  return entries.get(hash);
}

type Sent =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'accrued' | 'returned' | 'done' | 'duplicate' | 'conflict' };

/** A failure is a defect of the program or the engine: the scenario ends with it. */
function happened(sent: Sent, accepted: 'accepted' | 'waits'): string {
  if (sent.kind === 'failed') throw sent.error;
  if (sent.kind === 'refused') return refusedBy(sent.refusal);
  return sent.kind === 'duplicate' || sent.kind === 'conflict' ? sent.kind : accepted;
}

function refusedBy({ code, field }: Refusal): string {
  return field === undefined ? `refused ${code}` : `refused ${code} (${field})`;
}

/** The field of a refusal is shown, and not compared. */
function outcomeDiffers(step: EventStep | CommandStep, got: string): Difference[] {
  const expected = expectedOutcome(step);
  return expected === got.replace(/ \(.*\)$/, '') ? [] : [{ path: 'outcome', expected, got }];
}

function expectedOutcome(step: EventStep | CommandStep): string {
  if (step.refused !== undefined) return `refused ${step.refused}`;
  if (step.duplicate === true) return 'duplicate';
  if (step.conflict === true) return 'conflict';
  return 'waits' in step && step.waits === true ? 'waits' : 'accepted';
}

function reasonDiffers({ reason }: EventStep | CommandStep, { explanation }: Entry): Difference[] {
  return reason === undefined ? [] : differs('reason', reason, explanation.reason);
}

/** Of whose entry it is: a company's, where its wallet gets what a person has done. */
function pointsDiffer({ earns, pends }: EventStep, entry: Entry): Difference[] {
  const added = (...kinds: readonly Account['kind'][]) => addedTo(entry, kinds);
  return [
    ...(earns ? wholeDiffers('earns', earns, added('lot', 'debt')) : []),
    ...(pends ? wholeDiffers('pends', pends, added('pending')) : []),
  ];
}

function addedTo(
  { legs, member }: Entry,
  kinds: readonly Account['kind'][],
): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { account, unit, amount } of legs) {
    if (!('member' in account) || account.member !== member) continue;
    if (kinds.includes(account.kind)) sums.set(unit, (sums.get(unit) ?? 0n) + amount);
  }
  return sums;
}

function found(
  differences: readonly Difference[],
  entry: Entry | undefined,
  { compiled }: StepContext,
): StepFindings {
  const { timeZone } = compiled.program;
  return { differences, ...(entry && { because: [explained(entry, timeZone)] }) };
}
