import * as z from 'zod';
import type { Mailbox } from '../mail/mailbox.ts';
import { type Operations, ServiceError } from './services.ts';

const content = z.object({ Data: z.string(), Charset: z.string().optional() });
const sendInput = z.object({
  FromEmailAddress: z.string(),
  Destination: z.object({
    ToAddresses: z.array(z.string()).default([]),
    CcAddresses: z.array(z.string()).default([]),
    BccAddresses: z.array(z.string()).default([]),
  }),
  Content: z.object({
    Simple: z.object({
      Subject: content,
      Body: z.object({ Text: content.optional(), Html: content.optional() }),
    }),
  }),
});

const maximumRecipients = 50;

/** Stands in for SES: simple mails land in the mailbox, whoever they are for. */
export function mailService(mailbox: Mailbox): Operations {
  return {
    'POST /v2/email/outbound-emails': (input) => {
      const { success, data } = sendInput.safeParse(input);
      if (!success) throw new ServiceError('BadRequestException', 'Only simple mails are taken.');
      const { ToAddresses, CcAddresses, BccAddresses } = data.Destination;
      const to = [...ToAddresses, ...CcAddresses, ...BccAddresses];
      if (to.length === 0 || to.length > maximumRecipients) {
        throw new ServiceError('BadRequestException', 'Recipient count is out of bounds.');
      }
      const { Subject, Body } = data.Content.Simple;
      const mail = mailbox.add({
        from: data.FromEmailAddress,
        to,
        subject: Subject.Data,
        text: Body.Text?.Data ?? '',
        html: Body.Html?.Data ?? '',
      });
      return { MessageId: mail.id };
    },
  };
}
