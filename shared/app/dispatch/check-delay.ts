import { busEventTypes } from '../../domain/bus-event.ts';
import { warnLateAt } from '../../domain/redemption/lateness.ts';
import { addMs, formatInstant } from '../../domain/time.ts';
import type { Clock, Logger, Publisher } from '../../ports/runtime.ts';
import type { RedemptionRecord, RedemptionStore } from '../../ports/stores.ts';
import { isUnpaid, promisedByOf } from '../redemption/promised-by.ts';

export interface DelayDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publisher: Publisher;
  readonly redemptions: RedemptionStore;
}

/**
 * Says, once, that a promised time is about to be missed: to the member by an event, to ops by the
 * log. True where it has been said; a death in between says it twice.
 */
export async function tellDelay(
  { clock, logger, publisher, redemptions }: DelayDependencies,
  record: RedemptionRecord,
  wasTold: boolean,
): Promise<boolean> {
  const { hold, order } = record;
  if (wasTold || order?.toldLate === true) return true;
  if (isUnpaid(record)) return false;
  const { entry, redemption, terms } = hold;
  const promised = promisedByOf(record);
  const spanMs = terms.promisedBy - entry.occurredAt;
  if (clock.now() < warnLateAt(addMs(promised, -spanMs), promised)) return false;
  // What is over is told by its end; a reward that a person undid is on its way again.
  if (order?.state === 'closing') return false;
  const { member, program } = entry;
  const promisedBy = formatInstant(promised);
  await publisher.publish([
    { type: busEventTypes.redemptionDelayed, detail: { program, member, redemption, promisedBy } },
  ]);
  const provider = order?.provider;
  const reason = order?.waitingFor ?? order?.state ?? 'notOrdered';
  logger.error('DELIVERY_LATE', { redemption, provider, reason });
  if (order !== undefined) await redemptions.updateOrder(order, { ...order, toldLate: true });
  return true;
}
