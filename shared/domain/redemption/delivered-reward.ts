import * as z from 'zod/mini';
import { Secret } from '../secret.ts';

/** What a provider hands out: a link that opens the reward, or a code to type. */
export interface DeliveredReward {
  readonly kind: 'link' | 'code';
  readonly value: Secret;
  /** Beside a code, where the card has one. */
  readonly pin?: Secret;
  /** Beside a code: where it is used. */
  readonly website?: Secret;
  /** The last day it can be used, `yyyy-mm-dd`. */
  readonly expiresOn?: string;
}

const sealedForm = z.strictObject({
  value: z.string(),
  pin: z.optional(z.string()),
  website: z.optional(z.string()),
  expiresOn: z.optional(z.string()),
});

/** All of it as one text, to be sealed. */
export function toSealable({ value, pin, website, expiresOn }: DeliveredReward): Secret {
  const parts = {
    value: value.reveal(),
    ...(pin && { pin: pin.reveal() }),
    ...(website && { website: website.reveal() }),
    ...(expiresOn !== undefined && { expiresOn }),
  };
  return new Secret(JSON.stringify(parts));
}

/** What `toSealable` made, or the bare value that was sealed before there were other parts. */
export function fromSealable(kind: DeliveredReward['kind'], opened: Secret): DeliveredReward {
  const parts = partsOf(opened.reveal());
  if (parts === undefined) return { kind, value: opened };
  const { value, pin, website, expiresOn } = parts;
  return {
    ...{ kind, value: new Secret(value) },
    ...(pin !== undefined && { pin: new Secret(pin) }),
    ...(website !== undefined && { website: new Secret(website) }),
    ...(expiresOn !== undefined && { expiresOn }),
  };
}

function partsOf(text: string): z.infer<typeof sealedForm> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return z.safeParse(sealedForm, JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
