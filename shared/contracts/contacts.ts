import * as z from 'zod/mini';
import { Secret } from '../domain/secret.ts';

/** What is sealed in a contact, as JSON. */
const contactSchema = z.object({ email: z.string() });

/** The address in an opened contact; throws on what is none, without a word of it. */
export function emailInContact(opened: Secret): Secret {
  return new Secret(z.parse(contactSchema, JSON.parse(opened.reveal())).email);
}
