import type { DispatchTask } from '../../shared/app/dispatch/dispatch-task.ts';
import type { DispatchMessage } from '../../shared/contracts/messages.ts';
import { instantOf } from '../../shared/domain/time.ts';

/** What a message of a dispatch queue asks for. */
export function taskOf({ afterCall, lookUps, turn, ...named }: DispatchMessage): DispatchTask {
  return {
    ...named,
    ...(afterCall !== undefined && { afterCall }),
    ...(lookUps !== undefined && { lookUps }),
    ...(turn !== undefined && { turn: instantOf(turn) }),
  };
}
