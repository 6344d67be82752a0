import { payoutChoiceChanges } from '../shared/adapters/dynamodb/choice-changes.ts';
import { parseEntryItem } from '../shared/adapters/dynamodb/entry-item.ts';
import { relay } from '../shared/app/booking/relay.ts';
import { tellPayoutChoices } from '../shared/app/payouts/tell-choices.ts';
import { composePublisher } from './_runtime/bus.ts';
import { streamHandler } from './_runtime/middleware/stream.ts';
import { composeRuntime } from './_runtime/runtime.ts';

const runtime = composeRuntime('relay');
const publisher = composePublisher();

/** Ledger entries from the table's stream, told to the bus, and who chose how to be paid. */
export const handler = streamHandler({
  logger: runtime.logger,
  run: async (records) => {
    const entries = records.flatMap(({ newImage }) =>
      newImage?.k === undefined ? [] : [parseEntryItem(newImage).entry],
    );
    await relay(publisher, entries);
    await tellPayoutChoices(publisher, payoutChoiceChanges(records));
    return [];
  },
});
