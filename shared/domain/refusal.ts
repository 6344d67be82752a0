import type { Alternative } from './catalogue/alternatives.ts';
import type { ReachedLimit } from './redemption/reached-limit.ts';

/**
 * Every refusal that a person or an integrator can meet: a stable code and a sentence to act on.
 * The HTTP status of each code stands in `shared/contracts/problem.ts`.
 */
export const refusalSentences = {
  MALFORMED_JSON: 'The text is not valid JSON. Send one JSON object.',
  UNSUPPORTED_MEDIA_TYPE: 'Send the body as application/json, in UTF-8.',
  BODY_TOO_LARGE: 'The body is larger than 256 KB. Send a smaller one.',
  FIELD_MISSING: 'A required field is missing or empty. Fill it in.',
  FIELD_INVALID:
    'A field has the wrong type, is too long or too short, or is none of the values that it can ' +
    'have. Correct it.',
  UNKNOWN_FIELD: 'A field is not part of the contract. Remove it or check its spelling.',
  INVALID_AMOUNT:
    'The amount must be whole minor units: as text up to 18 digits, no sign or leading zeros, or ' +
    'a whole JSON number up to 2^53 - 1. Only a redemption must be more than zero.',
  UNKNOWN_CURRENCY: 'The currency is not an ISO 4217 code that Guerdon supports.',
  INVALID_DATE: 'The date must be ISO 8601 with an offset, such as 2026-03-01T10:00:00+01:00.',
  EVENT_IN_FUTURE: 'The event lies more than a day in the future. Check its date.',
  EVENT_TOO_LATE: 'The event is older than the program still accepts. Correct it by hand.',
  SPLIT_INVALID:
    'The split must list different members with shares that are whole numbers, one or more.',
  DATE_OUT_OF_RANGE: 'The event lies before the year 2000 or after 2078.',
  UNKNOWN_PROGRAM: 'No program of that name is published here.',
  UNKNOWN_EVENT_TYPE: 'The program does not declare this event type.',
  CURRENCY_NOT_IN_PROGRAM: 'The program does not accept events in this currency.',
  BATCH_EMPTY: 'The batch has no events. Send at least one.',
  BATCH_TOO_LARGE: 'A batch takes at most 100 events. Send the others in another one.',
  COMMAND_NOT_TAKEN:
    'This is a command, and only events are taken here. Put it on the bus as member.command.v1.',
  EVENT_CONFLICT: 'This source and id were sent before with another body. The first one stands.',
  FOLLOW_UP_MEMBER_MISMATCH: 'The event names an original that belongs to another member.',
  FOLLOW_UP_CURRENCY_MISMATCH:
    'The event is in another currency than the original that it names. Send it in that one.',
  FOLLOW_UP_NOT_AN_ORIGINAL: 'The event names an original that cannot be returned.',
  UNKNOWN_REWARD: 'The program has no such reward.',
  REWARD_NOT_IN_COUNTRY: 'The reward is not offered in this country.',
  REWARD_CURRENCY_MISMATCH: 'The reward is not offered in this currency.',
  REWARD_UNAVAILABLE: 'The reward cannot be had now. Choose another one.',
  REWARD_NOT_FOR_MEMBER: 'The reward is kept for other members. Choose another one.',
  AMOUNT_NOT_OFFERED: 'The reward is not offered for this amount. Choose one of its amounts.',
  UNKNOWN_QUOTE: 'There is no such quote. Ask for a new one.',
  QUOTE_EXPIRED: 'The quote has expired. Ask for a new one.',
  QUOTE_USED: 'The quote has been redeemed under another key. Ask for a new one to redeem again.',
  LIMIT_REACHED:
    'More would be redeemed than the program allows in a time. Redeem no more than is left, or ' +
    'try again once it begins anew.',
  CASH_NOT_OFFERED: 'This program takes no part of a price in cash. Pay it all with points.',
  CASH_SHARE_EXCEEDED: 'Too much of the price would be paid in cash. Spend more points.',
  PAYMENT_MISMATCH: 'The payment is not exactly the part that is due. Check amount and currency.',
  PAYMENT_NOT_DUE: 'Nothing is to be paid for this redemption, or not any more.',
  PAYMENT_CONFLICT: 'Another payment was recorded for this redemption. The first one stands.',
  ADDRESS_MISSING: 'The reward is sent by post. Tell the address.',
  REWARD_BY_POST:
    'The reward is sent by post, and whoever chooses is asked for no address. Offer another one.',
  ADDRESS_NOT_WANTED: 'The reward is not sent by post. Leave the address out.',
  ALREADY_DELIVERED: 'The reward has been delivered. It cannot be called off any more.',
  NOT_DELIVERED: 'The reward has not been delivered. There is no link to send again.',
  RESENDS_USED_UP: 'The mail was sent again as often as the program allows. Ask its support.',
  RESEND_TOO_SOON: 'The mail was sent a short while ago. Wait some minutes before asking again.',
  ADDRESS_BOUNCED: 'Mail to this address came back. Tell another one.',
  UNKNOWN_REVIEW: 'Nothing waits for a decision under that name.',
  REVIEW_DECIDED: 'The review has been decided otherwise. The first decision stands.',
  INVALID_COUNTRY: 'Send the ISO 3166 code of a country, two capital letters such as GB.',
  INVALID_EMAIL: 'The e-mail address is not valid.',
  BELOW_MINIMUM: 'The amount is below the smallest that can be redeemed.',
  NOT_A_STEP: 'Points of this unit are spent in fixed steps only. Choose one of them.',
  SHARE_OF_PRICE_EXCEEDED: 'Points pay only a part of this price. Spend fewer of them.',
  TOO_MANY_FOR_ORDER: 'The order has as many redemptions as the program allows.',
  INSUFFICIENT_POINTS: 'There are not enough points for this reward.',
  IDEMPOTENCY_CONFLICT: 'This idempotency key was used before with another request.',
  IDEMPOTENCY_KEY_MISSING: 'Send an Idempotency-Key header of 1 to 128 characters.',
  UNKNOWN_REDEMPTION: 'There is no such redemption.',
  UNKNOWN_WEBHOOK: 'The program has no such webhook.',
  WEBHOOK_TYPE_UNKNOWN:
    'No webhook tells of this type. Name one that is told, or a family such as redemption.*.',
  WEBHOOK_URL_REFUSED:
    'Webhooks are sent to an https address without user, password or fragment. Name such a one.',
  SANCTIONS_LIST_MISSING:
    'The list of names that the program wants payouts held against is not loaded. Load it first.',
  PAYOUTS_NOT_OFFERED: 'The program pays nothing out. Add payouts to its file first.',
  RAIL_NOT_OFFERED: 'The program does not pay out this way. Choose one of its rails.',
  CURRENCY_NOT_ON_RAIL: 'The rail does not pay in this currency. Choose another one.',
  COUNTRY_NOT_ON_RAIL: 'The rail does not pay into this country. Choose another one.',
  COUNTRY_BLOCKED: 'The program pays nothing into this country.',
  PAYEE_NOT_WANTED: 'The rail asks for no payee. Leave it out.',
  INVALID_IBAN: 'The IBAN is not valid. Check its country, length and digits.',
  INVALID_BIC: 'The BIC is not valid for this account. Correct it or leave it out.',
  INVALID_SORT_CODE: 'The sort code is not valid. Send its six digits.',
  INVALID_ROUTING_NUMBER: 'The routing number is not valid. Check its nine digits.',
  INVALID_ACCOUNT_NUMBER: 'The account number is not valid. Send all of its digits.',
  INVALID_RECEIVER: 'Send a phone number such as +441234567890, or a PayPal id of 13 characters.',
  ACCOUNT_NOT_FOR_CURRENCY: 'Accounts of this kind are not paid in this currency.',
  OUTSIDE_CHARACTER_SET: 'Banks cannot write all of its letters. Spell it in Latin ones.',
  UNKNOWN_PAYOUT_CHOICE: 'The member has not chosen how to be paid.',
  REPLAY_TOO_LONG: 'A replay covers at most 24 hours. Ask for a longer time part by part.',
  PERIOD_INVALID: 'The end does not lie after the beginning. Correct one of them.',
  TOO_MANY_WEBHOOKS: 'The program has as many webhooks as it can have. Remove one first.',
  WEBHOOK_REFUSED: 'The webhook has no valid signature of a provider that is enabled here.',
  FORBIDDEN: 'The token does not allow this for this member and program.',
  ENTITLEMENT_NOT_ACTIVE: 'The member has no such free item to use now.',
  UNKNOWN_WAY: 'The program has no such gift, envelope, survey or severity. Check its name.',
  UNKNOWN_APPROVAL: 'Nothing of this member waits under that name.',
  GOODWILL_BELOW_FLOOR: 'The credit is below the floor of this severity. Give more, or nothing.',
  GOODWILL_ABOVE_CEILING: 'The credit is above the ceiling of this severity. Give less.',
  ENVELOPE_EXCEEDED: 'The envelope of this period does not hold as much. Spend less.',
  NOT_IN_SEGMENT: 'The member is in none of the segments that this is meant for.',
  SURVEY_CLOSED: 'The survey is not open on this day.',
  SURVEY_TICKET_ISSUED: 'The member has had a ticket for this survey. There is one for each.',
  SURVEY_TICKET_INVALID: 'The ticket is not good for this survey, or has been handed in.',
  SURVEY_RECEIPT_INVALID: 'The receipt is not good for this member and survey.',
  SURVEY_PAID: 'The member has been paid for this survey.',
  UNKNOWN_COMMAND: 'There is no command of this type.',
  UNKNOWN_MEMBER: 'The program does not know this member. Enrol them first.',
  ALREADY_ENROLLED: 'The member is enrolled with other facts. Send a change instead.',
  KIND_NOT_IN_PROGRAM: 'The program does not enrol members of this kind.',
  COUNTRY_NOT_IN_PROGRAM: 'The program does not work in this country.',
  UNKNOWN_SEGMENT: 'The program lists no such segment, or members come into it by themselves.',
  NOT_A_COMPANY: 'Only a company has participants. Name the company.',
  NOT_A_PARTICIPANT: "This unit is a company's, and the member acts for none.",
  PARTICIPANT_UNKNOWN: 'The company does not know this participant. Add them first.',
  PARTICIPANT_ELSEWHERE: 'The person acts for another company. Remove them there first.',
  TOO_MANY_PARTICIPANTS: 'A company has at most 200 participants. Remove some first.',
  LAST_ADMIN: 'A company keeps at least one admin. Name another one first.',
  ROLE_NOT_ENOUGH: "The participant's role does not allow this. Ask an admin of the company.",
  WALLET_OF_COMPANIES: "Points of this unit are a company's. Name the company.",
  SAME_MEMBER: 'A member cannot be merged into itself. Name two members.',
  MEMBER_MERGED: 'The member was merged into another one. Use that one.',
  KINDS_DIFFER: 'A person and a company cannot be merged.',
  MERGE_TOO_LARGE: 'One of them has more than a merge can move at once. Remove some of it.',
  UNKNOWN_UNIT: 'The program has no such unit.',
  UNKNOWN_CHARITY: 'The program gives to no such charity. Name one of its charities.',
  SHARE_NOT_OFFERED: 'The program does not offer this share to be donated. Choose one of its own.',
  UNKNOWN_EXCHANGE: 'The program has no such exchange.',
  INSUFFICIENT_BALANCE: 'There is not enough money in this wallet.',
  UNKNOWN_REASON: 'The program does not list this reason.',
  EXTENSION_NOT_ALLOWED: 'The program does not put the end of these points off so far.',
  LOT_EXPIRED: 'Points with this date are expired already. Check the date.',
  SAME_PERSON: 'Whoever asked for it cannot decide it. A second person must.',
  NO_TIERS: 'The program has no tier levels.',
  UNKNOWN_TIER: 'The program has no such tier level.',
  OVERRIDE_NOT_OFFERED: 'In this program nobody sets a tier level by hand.',
  OVERRIDE_TOO_LONG: 'The program lets nobody set a tier level for so long. Name an earlier day.',
  HOLD_TOO_LONG: 'The program holds no tier level for so long. Name an earlier day.',
  CURRENCY_RETIRED: 'This currency has been replaced by another one. Name its successor.',
  RATE_STALE: 'No exchange rate was published within the limit before that day. Load newer rates.',
  RATE_MISSING: 'No exchange rate between these currencies has been published by that day.',
  TRY_AGAIN: 'Too many changes met on this balance. Nothing was done; send the request again.',
} as const;

export type RefusalCode = keyof typeof refusalSentences;

/** `field` is a dotted path into the body, such as `lines.0.sku`. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly field?: string;
  /** Of a reward that cannot be had any more: what is nearest to it. */
  readonly alternatives?: readonly Alternative[];
  /** Of `LIMIT_REACHED`: those that are, with what is left of each. */
  readonly limits?: readonly ReachedLimit[];
}

export function refusal(code: RefusalCode, field?: string): Refusal {
  return field === undefined ? { code } : { code, field };
}
