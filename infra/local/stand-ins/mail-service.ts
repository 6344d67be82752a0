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
      Headers: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
    }),
  }),
  ConfigurationSetName: z.string().optional(),
  EmailTags: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
});

const maximumRecipients = 50;

/**
 * Addresses of the mailbox simulator, as SES has them:
 * https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html
 */
const simulated: Readonly<
  Record<string, Readonly<Record<'type' | 'field' | 'detailType', string>>>
> = {
  'bounce@simulator.amazonses.com': {
    ...{ type: 'Bounce', field: 'bounce', detailType: 'Email Bounced' },
  },
  'complaint@simulator.amazonses.com': {
    ...{ type: 'Complaint', field: 'complaint', detailType: 'Email Complaint Received' },
  },
};

/** Tells the default bus of a mail's fate, where a configuration set asks for it. */
export type MailEvents = (event: {
  readonly detailType: string;
  readonly detail: Record<string, unknown>;
}) => void;

/** Stands in for SES: simple mails land in the mailbox, whoever they are for. */
export function mailService(mailbox: Mailbox, tell: MailEvents): Operations {
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
      if (data.ConfigurationSetName !== undefined)
        tellFate(tell, { to, id: mail.id, tags: tagsOf(data) });
      return { MessageId: mail.id };
    },
  };
}

type Sent = z.output<typeof sendInput>;

/** The mail's own tags, and the one that SES adds. */
function tagsOf({ ConfigurationSetName = '', EmailTags }: Sent): Sent['EmailTags'] {
  return [...EmailTags, { Name: 'ses:configuration-set', Value: ConfigurationSetName }];
}

function tellFate(
  tell: MailEvents,
  mail: {
    readonly to: readonly string[];
    readonly id: string;
    readonly tags: readonly { readonly Name: string; readonly Value: string }[];
  },
): void {
  for (const emailAddress of mail.to) {
    const [local = '', domain] = emailAddress.toLowerCase().split('@');
    // Labels are told apart by the simulator and mean nothing: bounce+label@…
    const fate = simulated[`${local.split('+')[0]}@${domain}`];
    if (fate === undefined) continue;
    const { type, field, detailType } = fate;
    const recipients = field === 'bounce' ? 'bouncedRecipients' : 'complainedRecipients';
    const tags = Object.fromEntries(mail.tags.map(({ Name, Value }) => [Name, [Value]]));
    tell({
      detailType,
      detail: {
        eventType: type,
        mail: { messageId: mail.id, destination: [emailAddress], tags },
        [field]: {
          ...(field === 'bounce' && { bounceType: 'Permanent', bounceSubType: 'General' }),
          [recipients]: [{ emailAddress }],
        },
      },
    });
  }
}
