import { isUnderWay } from '../../domain/redemption/order.ts';
import { parseReference } from '../../domain/redemption/reference.ts';
import type { RewardProvider, WebhookReading } from '../../ports/provider.ts';
import { ProviderUnavailableError } from '../../ports/provider-unavailable.ts';
import type { QueueSender } from '../../ports/runtime.ts';
import { scheduleCheck } from './check-schedule.ts';
import { type OrderedRecord, type ReopenDependencies, reopen } from './settle.ts';
import { recordLate } from './settle-late.ts';

export interface WebhookHintDependencies extends ReopenDependencies {
  readonly providers: ReadonlyMap<string, RewardProvider>;
  readonly dispatchQueues: ReadonlyMap<string, QueueSender>;
  readonly checkQueue: QueueSender;
  readonly settleQueue: QueueSender;
}

export interface WebhookHint {
  readonly provider: string;
  readonly reading: WebhookReading;
  /** How often it has come again: it named nothing that is known here, or could not be read. */
  readonly tries?: number;
}

/** 5, 10, 20 seconds, up to a quarter of an hour, the longest that a message can wait. */
const firstDelaySeconds = 5;
const longestDelaySeconds = 900;
/**
 * A webhook may be faster than the row that it is about, or than the provider's own lists: 21
 * minutes in all.
 */
const maximumTries = 8;
/** A provider that cannot be reached for so long, a day, is one for a person. */
const maximumTriesUnheard = 100;

/**
 * A webhook is a hint: what it names is read again from the provider. An open order is looked at by
 * dispatch, under a claim; a delivery that was undone opens its redemption again; a success that
 * nobody counts on any more is booked and becomes a case: money went out (P2).
 */
export async function heedWebhook(
  dependencies: WebhookHintDependencies,
  hint: WebhookHint,
): Promise<void> {
  try {
    await heed(dependencies, hint);
  } catch (error) {
    const { tries = 0 } = hint;
    const isUnheard = error instanceof ProviderUnavailableError;
    if (!isUnheard || tries >= maximumTriesUnheard) throw error;
    await askLater(dependencies, hint);
  }
}

async function heed(dependencies: WebhookHintDependencies, hint: WebhookHint): Promise<void> {
  const { clock, logger, providers, redemptions } = dependencies;
  const provider = providers.get(hint.provider);
  if (provider === undefined) {
    logger.info('WEBHOOK_IGNORED', { provider: hint.provider });
    return;
  }
  const reference = (await provider.referenceOf(hint.reading)) ?? '';
  const named = parseReference(reference);
  const read = named && (await redemptions.read(named.redemption));
  if (named === undefined || read?.order === undefined) {
    await tryLater(dependencies, hint);
    return;
  }
  const record = { ...read, order: read.order };
  const { order } = record;
  const isCurrent = named.attempt === order.attempt && hint.provider === order.provider;
  if (isCurrent && isUnderWay(order)) {
    // Who holds the claim may have asked before it happened: it is asked again after that.
    if (order.claimedUntil > clock.now()) await tryLater(dependencies, hint);
    else await lookAgain(dependencies, record);
    return;
  }
  const { reading } = hint;
  await readAgain(dependencies, record, { provider, reference, reading, attempt: named.attempt });
}

async function tryLater(dependencies: WebhookHintDependencies, hint: WebhookHint): Promise<void> {
  const { provider, reading, tries = 0 } = hint;
  const isOurs = reading.kind === 'order' || reading.kind === 'reward';
  if ((!isOurs && reading.kind !== 'reference') || tries >= maximumTries) {
    dependencies.logger.info('WEBHOOK_IGNORED', { provider });
    return;
  }
  await askLater(dependencies, hint);
}

async function askLater(
  { settleQueue }: WebhookHintDependencies,
  { provider, reading, tries = 0 }: WebhookHint,
): Promise<void> {
  const delaySeconds = Math.min(firstDelaySeconds * 2 ** tries, longestDelaySeconds);
  const body = { kind: 'webhook', provider, reading, tries: tries + 1 };
  await settleQueue.send({ body, group: provider, delaySeconds });
}

async function lookAgain(
  { dispatchQueues }: WebhookHintDependencies,
  { hold, order }: OrderedRecord,
): Promise<void> {
  const { redemption, entry } = hold;
  const body = { program: entry.program, redemption };
  await dispatchQueues.get(order.provider)?.send({ body, group: entry.program });
}

interface Named {
  readonly provider: RewardProvider;
  readonly reading: WebhookReading;
  readonly reference: string;
  readonly attempt: number;
}

/** What became of an order that is settled, or of an attempt that is over. */
async function readAgain(
  dependencies: WebhookHintDependencies,
  record: OrderedRecord,
  named: Named,
): Promise<void> {
  const { attempt, provider, reference } = named;
  const { hold, order } = record;
  const { amountMinor, currency } = hold;
  const isCurrent = attempt === order.attempt && provider.name === order.provider;
  const providerOrder = idAtProvider(named, isCurrent ? order.providerOrder : undefined);
  if (providerOrder === undefined && !provider.capabilities.findsByReference) {
    dependencies.logger.info('WEBHOOK_IGNORED', { provider: provider.name });
    return;
  }
  const found = await provider.findOrder(reference, {
    value: { amountMinor, currency },
    products: isCurrent ? order.products : productsAt(provider.name, record),
    since: isCurrent ? order.since : hold.entry.occurredAt,
    ...(providerOrder !== undefined && { providerOrder }),
    withoutReward: true,
  });
  if (found.kind === 'unknown') throw new ProviderUnavailableError(provider.name);
  if (found.kind === 'accepted') {
    await recordLate(dependencies, record, {
      ...{ attempt, provider: provider.name, charge: found.charge },
    });
  }
  const isUndone = found.kind === 'rejected' && found.reason === 'permanent';
  if (!isUndone || !isCurrent || order.state !== 'captured') return;
  // Its checks have ended with its capture; they begin again, before it is open.
  const { redemption, entry } = hold;
  const task = { program: entry.program, redemption, requestedAt: dependencies.clock.now() };
  await scheduleCheck(dependencies.checkQueue, task);
  if ((await reopen(dependencies, record)) === 'done') await lookAgain(dependencies, record);
}

/**
 * Rows of orders that came to nothing keep no id of the provider's; where nothing else leads to an
 * order, the one that the hint names will do, as what stands there is compared with what was asked.
 */
function idAtProvider({ provider, reading }: Named, kept: string | undefined): string | undefined {
  if (kept !== undefined || provider.capabilities.findsByReference) return kept;
  return reading.kind === 'order' ? reading.providerOrder : undefined;
}

/** What an earlier attempt may have asked this provider for. */
function productsAt(name: string, { hold, order }: OrderedRecord): readonly string[] {
  const agreed = hold.terms.sources.filter(({ provider }) => provider === name);
  return agreed.length === 0 ? order.products : agreed.flatMap(({ products }) => products);
}
