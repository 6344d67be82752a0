import * as z from 'zod/mini';
import type { PayoutChoiceChange } from '../../domain/payout/choice-change.ts';
import { payeeKinds } from '../../domain/payout/payee-mask.ts';
import { instantField, parseImage, wholeNumber } from './attributes.ts';
import { readPayoutPartition } from './payout-keys.ts';

/** What of a choice is told: whom it pays stays sealed, and unread. */
const choiceSchema = z.object({
  pk: z.string(),
  rl: z.string(),
  pt: z.optional(z.enum(payeeKinds)),
  pe: z.optional(z.string()),
  o: instantField,
  v: wholeNumber,
});

type Image = Readonly<Record<string, unknown>>;

/** Choices of a rail among records of the table's stream, which else are of ledger entries. */
export function payoutChoiceChanges(
  records: readonly { readonly newImage?: Image; readonly oldImage?: Image }[],
): PayoutChoiceChange[] {
  return records.flatMap(({ newImage, oldImage }) => {
    const image = newImage ?? oldImage;
    if (image === undefined || image.k !== undefined) return [];
    return [changeIn(image, newImage === undefined ? 'removed' : 'chosen')];
  });
}

/** Of one that was removed, what it was. */
function changeIn(image: Image, change: PayoutChoiceChange['change']): PayoutChoiceChange {
  const {
    pk,
    rl: rail,
    pt: kind,
    pe = '',
    o,
    v,
  } = parseImage(choiceSchema, image, 'payout choice');
  return {
    ...{ ...readPayoutPartition(pk), change, rail, chosenAt: o, version: v },
    ...(kind !== undefined && { payee: { kind, ending: pe } }),
  };
}
