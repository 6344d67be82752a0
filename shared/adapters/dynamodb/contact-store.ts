import * as z from 'zod/mini';
import { messageKinds } from '../../domain/program/schema/messages.ts';
import type { Contact, ContactStore } from '../../ports/contacts.ts';
import { type Image, instantField, parseImage, wholeNumber } from './attributes.ts';
import { contactKey } from './contact-keys.ts';
import { putVersion } from './contact-put.ts';
import { getItem } from './item-read.ts';
import type { Table } from './table.ts';

/*
 * Attributes of a contact: e sealed address and name, l language, of messages turned off, qf and qt
 * quiet hours, c consents with their instants, sv saved rewards, b when the address bounced, v
 * version, w write.
 */

const contactSchema = z.object({
  e: z.optional(z.string()),
  l: z.optional(z.string()),
  of: z.array(z.enum(messageKinds)),
  qf: z.optional(z.string()),
  qt: z.optional(z.string()),
  c: z.record(z.string(), instantField),
  sv: z.array(z.string()),
  b: z.optional(instantField),
  v: wholeNumber,
});

export function createContactStore(table: Table): ContactStore {
  return {
    async read(owner) {
      const image = await getItem(table, contactKey(owner));
      return image && decode(owner, image);
    },
    async put(contact) {
      const { sealed, language, off, quietHours, consents, saved, bouncedAt, version } = contact;
      const fields = {
        ...contactKey(contact),
        ...{ e: sealed, l: language, of: off, sv: saved, c: consents, b: bouncedAt },
        ...{ qf: quietHours?.from, qt: quietHours?.to },
      };
      return putVersion(table, { fields, version });
    },
  };
}

function decode({ program, member }: Pick<Contact, 'program' | 'member'>, image: Image): Contact {
  const stored = parseImage(contactSchema, image, 'contact');
  const { e, l, of: off, qf: from, qt: to, c: consents, sv: saved, b, v: version } = stored;
  return {
    ...{ program, member, off, consents, saved, version },
    ...(e !== undefined && { sealed: e }),
    ...(l !== undefined && { language: l }),
    ...(from !== undefined && to !== undefined && { quietHours: { from, to } }),
    ...(b !== undefined && { bouncedAt: b }),
  };
}
