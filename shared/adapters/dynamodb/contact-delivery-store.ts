import * as z from 'zod/mini';
import type { DeliveryStore } from '../../ports/contacts.ts';
import { instantField, parseImage, wholeNumber } from './attributes.ts';
import { deliveryKey } from './contact-keys.ts';
import { putVersion } from './contact-put.ts';
import { getItem } from './item-read.ts';
import type { Table } from './table.ts';

/*
 * Attributes of a delivery: e corrected address, sealed; n resends, o the last of them, b when the
 * mail bounced, v version, w write.
 */

const deliverySchema = z.object({
  e: z.optional(z.string()),
  n: wholeNumber,
  o: z.optional(instantField),
  b: z.optional(instantField),
  v: wholeNumber,
});

export function createDeliveryStore(table: Table): DeliveryStore {
  return {
    async read(key) {
      const image = await getItem(table, deliveryKey(key, key.redemption));
      if (image === undefined) return undefined;
      const { e, n, o, b, v } = parseImage(deliverySchema, image, 'delivery');
      return {
        ...{ ...key, resends: n, version: v },
        ...(e !== undefined && { sealedEmail: e }),
        ...(o !== undefined && { resentAt: o }),
        ...(b !== undefined && { bouncedAt: b }),
      };
    },
    async put({ sealedEmail, resends, resentAt, bouncedAt, version, ...key }) {
      const fields = {
        ...deliveryKey(key, key.redemption),
        ...{ e: sealedEmail, n: resends, o: resentAt, b: bouncedAt },
      };
      return putVersion(table, { fields, version });
    },
  };
}
