import { parseEntryItem } from '../shared/adapters/dynamodb/entry-item.ts';
import { project } from '../shared/app/booking/project.ts';
import { streamHandler } from './_runtime/middleware/stream.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeProjections } from './_runtime/stores.ts';

const runtime = composeRuntime('project');
const projections = composeProjections(runtime);

/** Ledger entries from the table's stream: history and open redemptions. */
export const handler = streamHandler({
  logger: runtime.logger,
  run: async (records) => {
    const entries = records.flatMap(({ newImage }) =>
      newImage === undefined ? [] : [parseEntryItem(newImage).entry],
    );
    await project(projections, entries);
    return [];
  },
});
