import type { ReceivedCommand } from '../../domain/commands/command.ts';
import { commandAudience } from '../../domain/commands/registry.ts';
import { refusal } from '../../domain/refusal.ts';
import { failure } from '../../domain/result.ts';
import { type CommandDependencies, executeCommands } from './execute-commands.ts';
import { type Incoming, type ReceiveDependencies, receiveBatch } from './receive-batch.ts';

/** `isStaff`: the sender may ask for what only people of the program may. */
export type IncomingCommand = Incoming<ReceivedCommand> & { readonly isStaff: boolean };

/** Books a batch of commands; see `receiveBatch`. */
export function receiveCommands(
  dependencies: CommandDependencies & ReceiveDependencies,
  incoming: readonly IncomingCommand[],
): Promise<number[]> {
  return receiveBatch(dependencies, incoming.map(permitted), {
    book: (deliveries) => executeCommands(dependencies, deliveries),
    referenceOf: ({ command }) => command,
  });
}

function permitted({ isStaff, ...incoming }: IncomingCommand): Incoming<ReceivedCommand> {
  const { reading } = incoming;
  if (!reading.ok || isStaff) return incoming;
  // A type that there is not is refused as such, whoever sends it.
  if (commandAudience[reading.value.command.type] !== 'staff') return incoming;
  return { ...incoming, reading: failure(refusal('FORBIDDEN', 'type')) };
}
