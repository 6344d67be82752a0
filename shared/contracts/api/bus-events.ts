import * as z from 'zod/mini';
import { busEventOfEntry, busEventTypes } from '../../domain/bus-event.ts';
import type { EntryKind } from '../../domain/ledger/entry.ts';
import { payeeKinds } from '../../domain/payout/payee-mask.ts';
import { refusalSentences } from '../../domain/refusal.ts';
import { customerEventSchema } from '../events.ts';

/** An event of the bus in words, and the schema of its detail. */
export interface BusEvent {
  readonly summary: string;
  readonly detail: z.ZodMiniType;
  /** Whether we take it or tell it. */
  readonly direction: 'receive' | 'send';
  /** Whether integrators may subscribe to it. */
  readonly isTold: boolean;
}

const text = z.string();
const digits = z.string().check(z.regex(/^-?\d+$/));
const instant = z.iso.datetime();
const code = z.enum(Object.keys(refusalSentences) as (keyof typeof refusalSentences)[]);

const owner = { program: text, member: text };
const times = { occurredAt: instant, postedAt: instant };
const redemption = { ...owner, redemption: z.uuid() };
const delivery = z.optional(text);

/** What an entry of the ledger moved, for its member. */
const booked = z.strictObject({
  ...{ ...owner, entry: text, part: text, amounts: z.record(z.string(), digits), ...times },
  ...{ reason: text, delivery },
});

/** An entry of a redemption: `amounts` are what it moved of the member's own. */
const moved = {
  ...{ ...redemption, ...times, rewardId: z.optional(text) },
  amounts: z.record(z.string(), digits),
};
const ofRedemption = z.strictObject({ ...moved, reason: text });
const settled = z.strictObject({
  ...{ ...moved, outcome: z.enum(['captured', 'released']) },
  /** Why the points are back. */
  reason: z.optional(text),
});

const notice = { program: text, delivery: text, entry: z.optional(text) };
const change = { program: text, rewardId: text, change: text };

function told(summary: string, detail: z.ZodMiniType): BusEvent {
  return { summary, detail, direction: 'send', isTold: true };
}

function own(summary: string, detail: z.ZodMiniType): BusEvent {
  return { summary, detail, direction: 'send', isTold: false };
}

function taken(summary: string, detail: z.ZodMiniType): BusEvent {
  return { summary, detail, direction: 'receive', isTold: false };
}

const envelope = { program: text, delivery };

const entrySummaries: Readonly<Record<EntryKind, string>> = {
  accrual: 'Points were earned.',
  return: 'Points were taken back after a return.',
  activation: 'Points that waited for an event are there.',
  forfeiture: 'Points that waited for an event are gone.',
  vesting: 'Pending points can be spent.',
  expiry: 'Points have expired.',
  extension: 'The end of points was put off.',
  conversion: 'Points have become points of another unit.',
  exchange: 'Money of a wallet was exchanged.',
  migration: 'A wallet moved to the successor of its currency.',
  adjustment: 'A person added or took points.',
  opening: 'A balance was taken over from elsewhere.',
  merge: 'Two members became one.',
  tier: 'The tier level changed.',
  change: 'Facts of a member changed.',
  hold: 'A member redeems: points are set aside.',
  capture: 'A redemption ended: the reward is there, or the points are back.',
  release: 'A redemption ended: the reward is there, or the points are back.',
  reopen: 'A reward turned out to be none; it is replaced, or the points come back.',
  late: 'A reward came after its points had gone back.',
  payment: 'The merchant has collected the part in cash.',
};

const redemptionKinds: readonly EntryKind[] = ['hold', 'reopen', 'late', 'payment'];

function entryEvents(): Record<string, BusEvent> {
  const events = Object.entries(busEventOfEntry).map(([name, type]) => {
    const kind = name as EntryKind;
    const isEnd = kind === 'capture' || kind === 'release';
    const detail = redemptionKinds.includes(kind) ? ofRedemption : isEnd ? settled : booked;
    return [type, told(entrySummaries[kind], detail)] as const;
  });
  return Object.fromEntries(events);
}

/** Everything on the bus, by type. */
export const busEvents: Readonly<Record<string, BusEvent>> = {
  ...entryEvents(),
  [busEventTypes.customerEvent]: taken(
    'Something a customer did.',
    z.strictObject({ ...envelope, event: customerEventSchema }),
  ),
  [busEventTypes.memberCommand]: taken(
    'Something somebody asks for a member.',
    z.strictObject({
      ...envelope,
      command: z.strictObject({
        ...{ id: text, source: text, actor: text, type: text, member: text, occurredAt: instant },
        data: z.record(z.string(), z.unknown()),
      }),
    }),
  ),
  [busEventTypes.eventRefused]: own(
    'An event or command was refused, and changed nothing.',
    z.strictObject({ ...notice, code, field: z.optional(text) }),
  ),
  [busEventTypes.eventDuplicate]: own(
    'An event or command had come before, and changed nothing.',
    z.strictObject(notice),
  ),
  [busEventTypes.eventConflict]: own(
    'An event or command had come before with another body, and changed nothing.',
    z.strictObject(notice),
  ),
  [busEventTypes.redemptionReviewed]: told(
    'A person has let a redemption go.',
    z.strictObject({ ...redemption, outcome: z.enum(['released', 'blocked']) }),
  ),
  [busEventTypes.redemptionDelayed]: told(
    'The promised time will not be kept.',
    z.strictObject({ ...redemption, promisedBy: instant }),
  ),
  [busEventTypes.rewardChanged]: told(
    "A reward's terms changed at a provider, or it is gone there.",
    z.strictObject(change),
  ),
  [busEventTypes.rewardTouched]: told(
    'A member has an open quote of a reward that changed, or has saved it.',
    z.strictObject({ ...change, name: text, member: text }),
  ),
  [busEventTypes.pointsExpiring]: told(
    'Points will expire soon; lists are parted by spaces.',
    z.strictObject({ ...owner, entry: text, unit: text, points: text, day: text }),
  ),
  [busEventTypes.choiceOffered]: told(
    'A member may choose a reward that somebody else pays for.',
    z.strictObject({ ...owner, choice: z.uuid() }),
  ),
  [busEventTypes.choiceReopened]: told(
    'The reward that a member chose came to nothing: they may choose again, or it is too late.',
    z.strictObject({ ...redemption, choice: z.uuid(), outcome: z.enum(['open', 'expired']) }),
  ),
  [busEventTypes.payoutChoiceChanged]: own(
    'A member is paid in another way from now on, or not before they choose again.',
    z.strictObject({
      ...{ ...owner, change: z.enum(['chosen', 'removed']), rail: text },
      payee: z.optional(z.strictObject({ kind: z.enum(payeeKinds), ending: text })),
      ...{ chosenAt: instant, version: z.int() },
    }),
  ),
  [busEventTypes.deliveryBounced]: own(
    'A mail about a reward came back.',
    z.strictObject(redemption),
  ),
};
