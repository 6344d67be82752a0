import * as z from 'zod/mini';
import type { PayoutChoiceChange } from '../../domain/payout/choice-change.ts';
import { payeeKinds } from '../../domain/payout/payee-mask.ts';
import { instantField, parseImage, wholeNumber } from './attributes.ts';
import { readPayoutPartition } from './payout-keys.ts';

/** What of a choice is told: whom it pays stays sealed, and unread. */
const choiceSchema = z.object({
  rl: z.string(),
  pt: z.optional(z.enum(payeeKinds)),
  pe: z.optional(z.string()),
  o: instantField,
  v: wholeNumber,
});

const keySchema = z.object({ pk: z.string() });

type Image = Readonly<Record<string, unknown>>;

/** Choices of a rail among records of the table's stream, which else are of ledger entries. */
export function payoutChoiceChanges(
  records: readonly { readonly newImage?: Image; readonly oldImage?: Image }[],
): PayoutChoiceChange[] {
  return records.flatMap(({ newImage, oldImage }) => {
    const image = newImage ?? oldImage;
    if (image === undefined || image.k !== undefined) return [];
    const owner = readPayoutPartition(parseImage(keySchema, image, 'item of the table').pk);
    if (owner === undefined) return [];
    return [changeIn(owner, image, newImage === undefined ? 'removed' : 'chosen')];
  });
}

/** Of one that was removed, what it was. */
function changeIn(
  owner: Pick<PayoutChoiceChange, 'program' | 'member'>,
  image: Image,
  change: PayoutChoiceChange['change'],
): PayoutChoiceChange {
  const { rl: rail, pt: kind, pe = '', o, v } = parseImage(choiceSchema, image, 'payout choice');
  return {
    ...{ ...owner, change, rail, chosenAt: o, version: v },
    ...(kind !== undefined && { payee: { kind, ending: pe } }),
  };
}
