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

/** Sends one mail in text and HTML through SES; throws MailError when SES does not take it. */
export function createMailer(settings: {
  readonly client: SESv2Client;
  readonly from: string;
}): Mailer {
  const { client, from } = settings;
  return {
    async send({ to, subject, text, html }) {
      const command = new SendEmailCommand({
        FromEmailAddress: from,
        Destination: { ToAddresses: [to] },
        Content: {
          Simple: {
            Subject: utf8(subject),
            Body: { Text: utf8(text), Html: utf8(html) },
          },
        },
      });
      try {
        await client.send(command);
      } catch (error) {
        throw new MailError(error instanceof Error ? error.name : 'Unknown');
      }
    },
  };
}

function utf8(data: string) {
  return { Data: data, Charset: 'UTF-8' };
}
