import { busEventTypes } from '../../domain/bus-event.ts';
import { isOver, reopened, reopenedAndTold } from '../../domain/choice/choice.ts';
import type { ChoiceStore } from '../../ports/choices.ts';
import type { Clock, Logger, Publisher } from '../../ports/runtime.ts';
import type { RedemptionStore } from '../../ports/stores.ts';
import { changeChoice } from '../redemption/choose-reopen.ts';
import type { OrderedRecord } from './settle.ts';

export interface GiftDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly choices: ChoiceStore;
  readonly publisher: Publisher;
  readonly redemptions: RedemptionStore;
}

/**
 * A gift that was released gave nobody anything: its choice is open again, and whoever offered it
 * is told by an event. Where the time to choose is over, a person has to see to it. Once for each
 * redemption; a death in between says it twice.
 */
export async function reopenGift(
  { clock, logger, choices, publisher, redemptions }: GiftDependencies,
  { hold, order }: OrderedRecord,
): Promise<void> {
  const { redemption, entry, terms } = hold;
  if (terms.choice === undefined || order.state !== 'released') return;
  const { program, member } = entry;
  const key = { program, member, id: terms.choice };
  const choice = await changeChoice(choices, key, (each) => reopened(each, redemption));
  if (choice === undefined || reopenedAndTold(choice, redemption) === undefined) return;
  const openedAt = clock.now();
  const isTooLate = isOver(choice, openedAt);
  if (isTooLate) {
    const reason = 'GIFT_UNDELIVERED';
    await redemptions.openCase({ program, redemption, reason, openedAt });
    logger.warn('CASE_OPENED', { redemption, reason });
  }
  const outcome = isTooLate ? 'expired' : 'open';
  const detail = { program, member, choice: choice.id, redemption, outcome };
  await publisher.publish([{ type: busEventTypes.choiceReopened, detail }]);
  await changeChoice(choices, key, (each) => reopenedAndTold(each, redemption));
}
