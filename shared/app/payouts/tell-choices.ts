import { busEventTypes } from '../../domain/bus-event.ts';
import type { PayoutChoiceChange } from '../../domain/payout/choice-change.ts';
import { formatInstant } from '../../domain/time.ts';
import type { Publisher } from '../../ports/runtime.ts';

/** Tells the bus that members are paid in another way from now on: so much as they may be told. */
export async function tellPayoutChoices(
  publisher: Publisher,
  changes: readonly PayoutChoiceChange[],
): Promise<void> {
  const events = changes.map(({ chosenAt, ...told }) => ({
    type: busEventTypes.payoutChoiceChanged,
    detail: { ...told, chosenAt: formatInstant(chosenAt) },
  }));
  await publisher.publish(events);
}
