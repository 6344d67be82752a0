import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Mailer } from '../../ports/runtime.ts';

/** Carries the name of SES's error only: its messages quote addresses. */
export class MailError extends Error {
  override readonly name = 'MailError';
  readonly code: string;

  constructor(code: string) {
    super('The mail service did not take the message.');
    this.code = code;
  }
}

/**
 * Sends one mail in text and HTML through SES; throws MailError when SES does not take it. `from`
 * is the region's own address; `configurationSet` is where bounces and complaints are told.
 */
export function createMailer(settings: {
  readonly client: SESv2Client;
  readonly from: string;
  readonly configurationSet?: string;
}): Mailer {
  const { client, configurationSet } = settings;
  return {
    async send({ to, subject, text, html, from, headers = {}, tags = {} }) {
      const command = new SendEmailCommand({
        FromEmailAddress: mailbox(from?.address ?? settings.from, from?.name),
        Destination: { ToAddresses: [to] },
        Content: {
          Simple: {
            Subject: utf8(subject),
            Body: { Text: utf8(text), Html: utf8(html) },
            Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
          },
        },
        EmailTags: Object.entries(tags).flatMap(([Name, Value]) =>
          tagValue.test(Value) ? [{ Name, Value }] : [],
        ),
        ...(configurationSet !== undefined && { ConfigurationSetName: configurationSet }),
      });
      try {
        await client.send(command);
      } catch (error) {
        throw new MailError(error instanceof Error ? error.name : 'Unknown');
      }
    },
  };
}

/** SES takes no other tag, and refuses the whole mail for one: API reference, MessageTag. */
const tagValue = /^[A-Za-z0-9_.@-]{1,256}$/;

/** RFC 5322 takes ASCII in a header: a name goes as an encoded word (RFC 2047). */
function mailbox(address: string, name: string | undefined): string {
  if (name === undefined) return address;
  const ascii = /^[A-Za-z0-9 .,&'()-]*$/;
  if (ascii.test(name)) return `"${name}" <${address}>`;
  return `${encodedWords(name).join(' ')} <${address}>`;
}

/** An encoded word has at most 75 characters: 45 bytes make 60 of base64, and 12 stand around. */
function encodedWords(name: string): string[] {
  const words: string[] = [];
  let word = '';
  for (const character of name) {
    if (Buffer.byteLength(word + character) > 45) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((each) => `=?UTF-8?B?${Buffer.from(each).toString('base64')}?=`);
}

function utf8(data: string) {
  return { Data: data, Charset: 'UTF-8' };
}
