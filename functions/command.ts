import * as z from 'zod/mini';
import { receiveCommands } from '../shared/app/booking/receive-commands.ts';
import { readMemberCommand } from '../shared/contracts/commands.ts';
import { memberCommandDetailSchema } from '../shared/contracts/events.ts';
import { composePublisher } from './_runtime/bus.ts';
import { queueHandler } from './_runtime/middleware/queue.ts';
import { composeRuntime } from './_runtime/runtime.ts';
import { composeLedger } from './_runtime/stores.ts';

const runtime = composeRuntime('command');
const dependencies = { ...runtime, ...composeLedger(runtime), publisher: composePublisher() };

/** The bus lets only the program's own people send under this source. */
const staffSource = 'guerdon.staff';

/** Commands from the command queue, as the bus wraps them. */
export const handler = queueHandler({
  logger: runtime.logger,
  schema: z.object({ id: z.string(), source: z.string(), detail: memberCommandDetailSchema }),
  run: async (messages) => {
    const incoming = messages.map(({ body: { id, source, detail } }) => ({
      delivery: detail.delivery ?? id,
      program: detail.program,
      reading: readMemberCommand(detail.command),
      isStaff: source === staffSource,
    }));
    const failed = await receiveCommands(dependencies, incoming);
    return failed.flatMap((position) => messages[position]?.messageId ?? []);
  },
});
