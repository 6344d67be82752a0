import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { readJsonFile, writeJsonFile } from '../json-file.ts';

const mailSchema = z.strictObject({
  id: z.uuid(),
  /** ISO 8601, by the clock of the stack. */
  sentAt: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
});

export type Mail = z.infer<typeof mailSchema>;

/** Where mail lands: one file a mail in `directory`, or memory where that is left out. */
export class Mailbox {
  readonly #directory: string | undefined;
  readonly #clockOffsetMs: number;
  readonly #mails: Mail[];

  constructor(directory: string | undefined, clockOffsetMs: number) {
    this.#directory = directory;
    this.#clockOffsetMs = clockOffsetMs;
    this.#mails = directory === undefined ? [] : readMails(directory);
  }

  add(mail: Omit<Mail, 'id' | 'sentAt'>): Mail {
    const sentAt = new Date(Date.now() + this.#clockOffsetMs).toISOString();
    const added = { id: randomUUID(), sentAt, ...mail };
    this.#mails.push(added);
    if (this.#directory !== undefined) {
      const number = String(this.#mails.length).padStart(6, '0');
      writeJsonFile(join(this.#directory, `${number}-${added.id}.json`), added);
    }
    return added;
  }

  get(id: string): Mail | undefined {
    return this.#mails.find((mail) => mail.id === id);
  }

  /** Newest first. */
  list(): Mail[] {
    return this.#mails.toReversed();
  }
}

function readMails(directory: string): Mail[] {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => mailSchema.parse(readJsonFile(join(directory, name))));
}
