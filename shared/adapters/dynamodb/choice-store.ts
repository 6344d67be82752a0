import * as z from 'zod/mini';
import type { Choice, ChoiceOffer, Undelivered } from '../../domain/choice/choice.ts';
import type { ChoiceKey, ChoiceStore } from '../../ports/choices.ts';
import { type Image, instantField, parseImage, wholeNumber } from './attributes.ts';
import { choiceKey } from './contact-keys.ts';
import { putVersion } from './contact-put.ts';
import { getItem } from './item-read.ts';
import type { Table } from './table.ts';

/*
 * Attributes of a choice: s sender, a actor, of offers (r reward, m minor units, c currency, n
 * name, d disclosure), co country, l language, e sealed address, o offered at, x expires at, ch
 * number of the chosen offer, ca when, cr its redemption, u what came to nothing (r redemption, t
 * told), v version, w write.
 */

const choiceSchema = z.object({
  s: z.string(),
  a: z.string(),
  of: z.array(
    z.object({
      r: z.string(),
      m: z.bigint(),
      c: z.string(),
      n: z.string(),
      d: z.optional(z.string()),
    }),
  ),
  co: z.string(),
  l: z.string(),
  e: z.optional(z.string()),
  o: instantField,
  x: instantField,
  ch: z.optional(wholeNumber),
  ca: z.optional(instantField),
  cr: z.optional(z.string()),
  u: z.optional(z.array(z.object({ r: z.string(), t: z.optional(wholeNumber) }))),
  v: wholeNumber,
});

type StoredChoice = z.output<typeof choiceSchema>;

export function createChoiceStore(table: Table): ChoiceStore {
  return {
    async read(key) {
      const image = await getItem(table, choiceKey(key, key.id));
      return image && decode(key, image);
    },
    async put(choice) {
      const { sender, actor, offers, country, language, chosen, undelivered, version } = choice;
      const fields = {
        ...choiceKey(choice, choice.id),
        ...{ s: sender, a: actor, co: country, l: language, e: choice.sealedEmail },
        of: offers.map(({ rewardId, value, name, disclosure }) => ({
          ...{ r: rewardId, m: value.amountMinor, c: value.currency, n: name, d: disclosure },
        })),
        ...{ o: choice.offeredAt, x: choice.expiresAt },
        u: undelivered?.map(({ redemption, isTold }) => ({ r: redemption, t: isTold && 1 })),
        ...{ ch: chosen?.offer, ca: chosen?.at, cr: chosen?.redemption },
      };
      return putVersion(table, { fields, version });
    },
  };
}

function decode({ program, member, id }: ChoiceKey, image: Image): Choice {
  const stored = parseImage(choiceSchema, image, 'choice');
  const { s: sender, a: actor, co: country, l: language, e, o, x, v: version } = stored;
  const chosen = chosenOf(stored);
  return {
    ...{ program, member, id, sender, actor, country, language, version },
    ...{ offeredAt: o, expiresAt: x, offers: stored.of.map(offerOf) },
    ...(e !== undefined && { sealedEmail: e }),
    ...(chosen && { chosen }),
    ...(stored.u && { undelivered: stored.u.map(undeliveredOf) }),
  };
}

function offerOf({ r, m, c, n, d }: StoredChoice['of'][number]): ChoiceOffer {
  const value = { amountMinor: m, currency: c };
  return { rewardId: r, value, name: n, ...(d !== undefined && { disclosure: d }) };
}

function undeliveredOf({ r, t }: NonNullable<StoredChoice['u']>[number]): Undelivered {
  return { redemption: r, ...(t !== undefined && { isTold: true }) };
}

function chosenOf({ ch, ca, cr }: StoredChoice): Choice['chosen'] {
  if (ch === undefined || ca === undefined) return undefined;
  return { offer: ch, at: ca, ...(cr !== undefined && { redemption: cr }) };
}
