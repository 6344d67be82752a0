import * as z from 'zod';
import { type Answer, answered } from '../common/answer.ts';
import { isRawNumber, type RawNumber } from '../common/raw-json.ts';
import { notFound, refused } from './answer.ts';
import type { StoredRecipient, WiseStore } from './store.ts';

const legalType = z.enum(['PRIVATE', 'BUSINESS']);
const country = z.string().regex(/^[A-Z]{2}$/);
const address = z.object({ country, city: z.string().optional() });
const line = z.string().min(1);
/** To an account of the United States nothing is paid without all of it. */
const fullAddress = z
  .object({ country, city: line, firstLine: line, postCode: line, state: line.optional() })
  .refine(({ country: at, state }) => at !== 'US' || state !== undefined, { path: ['state'] });

const numbered = { profile: z.custom<RawNumber>(isRawNumber), currency: z.string().length(3) };
/** A person has two names at least, and no digits in them. */
const accountHolderName = z.string().regex(/^[^\d\s]{2,}( [^\d\s]+)* [^\d\s]{2,}$/);

const requestSchema = z.discriminatedUnion('type', [
  z.object({
    ...{ ...numbered, accountHolderName, type: z.literal('iban') },
    details: z.object({
      ...{ legalType, address: address.optional() },
      IBAN: z.string().regex(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/),
    }),
  }),
  z.object({
    ...{ ...numbered, accountHolderName, type: z.literal('sort_code') },
    currency: z.literal('GBP'),
    details: z.object({
      ...{ legalType, address: address.optional() },
      sortCode: z.string().regex(/^\d{6}$/),
      accountNumber: z.string().regex(/^\d{8}$/),
    }),
  }),
  z.object({
    ...{ ...numbered, accountHolderName, type: z.literal('aba') },
    currency: z.literal('USD'),
    details: z.object({
      ...{ legalType, address: fullAddress },
      abartn: z.string().regex(/^\d{9}$/),
      accountNumber: z.string().regex(/^\d{4,17}$/),
      accountType: z.enum(['CHECKING', 'SAVINGS']),
    }),
  }),
]);

/** Another one each time, also for an account that is known. */
export function createRecipient(store: WiseStore, body: unknown): Answer {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) {
    return refused(400, 'NOT_VALID', String(parsed.error.issues[0]?.path.at(-1) ?? ''));
  }
  const { accountHolderName: name, currency, details, type } = parsed.data;
  const number = 'IBAN' in details ? details.IBAN : details.accountNumber;
  const bank = 'sortCode' in details ? `(${details.sortCode.match(/../g)?.join('-')}) ` : '';
  const summary = bank + ('IBAN' in details ? number.replace(/(.{4})(?=.)/g, '$1 ') : number);
  const recipient: StoredRecipient = {
    ...{ kind: 'recipient', id: store.nextId(), name, currency, type, summary },
    tail: number.slice(-4),
  };
  store.put(recipient);
  return answered(recipientView(recipient));
}

export function readRecipient(store: WiseStore, id: string): Answer {
  const recipient = store.recipient(id);
  return recipient === undefined ? notFound : answered(recipientView(recipient));
}

function recipientView({ id, name, currency, type, summary, tail }: StoredRecipient): object {
  return {
    ...{ id, name: { fullName: name }, currency, type, active: true, isInternal: false },
    ...{ accountSummary: summary, longAccountSummary: `${currency} account ending in ${tail}` },
  };
}
