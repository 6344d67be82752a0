import { parseEntryItem } from '../shared/adapters/dynamodb/entry-item.ts';
import { relay } from '../shared/app/booking/relay.ts';
import { composePublisher } from './_runtime/bus.ts';
import { streamHandler } from './_runtime/middleware/stream.ts';
import { composeRuntime } from './_runtime/runtime.ts';

const runtime = composeRuntime('relay');
const publisher = composePublisher();

/** Ledger entries from the table's stream, told to the bus. */
export const handler = streamHandler({
  logger: runtime.logger,
  run: async (records) => {
    const entries = records.flatMap(({ newImage }) =>
      newImage === undefined ? [] : [parseEntryItem(newImage).entry],
    );
    await relay(publisher, entries);
    return [];
  },
});
