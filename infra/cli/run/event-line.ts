import { readMemberCommand } from '../../../shared/contracts/commands.ts';
import { readCustomerEvent } from '../../../shared/contracts/events.ts';
import type { ReceivedCommand } from '../../../shared/domain/commands/command.ts';
import { commandAudience } from '../../../shared/domain/commands/registry.ts';
import type { ReceivedEvent } from '../../../shared/domain/earning/event.ts';
import type { Refusal } from '../../../shared/domain/refusal.ts';

/** A line of an event file: what a customer did, or, where it names an actor, a command. */
export type EventLine =
  | (ReadLine & { readonly kind: 'event'; readonly received: ReceivedEvent })
  | (ReadLine & { readonly kind: 'command'; readonly received: ReceivedCommand })
  | { readonly kind: 'refused'; readonly id: string | undefined; readonly refusal: Refusal };

interface ReadLine {
  readonly id: string;
  readonly source: string;
  readonly member: string;
  /** As it stood in the line. */
  readonly body: unknown;
}

/** `text` is `undefined` for a line that was too long to be read. */
export function readEventLine(text: string | undefined): EventLine {
  if (text === undefined) return refusedLine(undefined, { code: 'BODY_TOO_LARGE' });
  const body = parseJson(text);
  if (body === undefined) return refusedLine(undefined, { code: 'MALFORMED_JSON' });
  if (isCommand(body)) {
    const read = readMemberCommand(body);
    if (!read.ok) return refusedLine(idOf(body), read.failure);
    const { id, source, member } = read.value.command;
    return { kind: 'command', id, source, member, body, received: read.value };
  }
  const read = readCustomerEvent(body);
  if (!read.ok) return refusedLine(idOf(body), read.failure);
  const { id, source, member } = read.value.event;
  return { kind: 'event', id, source, member, body, received: read.value };
}

function refusedLine(id: string | undefined, refusal: Refusal): EventLine {
  return { kind: 'refused', id, refusal };
}

/** By its actor; one that forgot it is known by its type, and by having no amount. */
function isCommand(body: unknown): boolean {
  if (body === null || typeof body !== 'object') return false;
  if (Object.hasOwn(body, 'actor')) return true;
  const { type, amountMinor } = body as { type?: unknown; amountMinor?: unknown };
  return amountMinor === undefined && typeof type === 'string' && type in commandAudience;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function idOf(body: unknown): string | undefined {
  const id = body !== null && typeof body === 'object' ? (body as { id?: unknown }).id : undefined;
  return typeof id === 'string' ? id : undefined;
}
