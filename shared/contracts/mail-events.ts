import * as z from 'zod/mini';
import { memberOfTag } from './member-tag.ts';

/** SES gives each tag as a list of one. */
const tag = z.pipe(
  z.tuple([z.string()]),
  z.transform(([text]) => text),
);

/**
 * An event of SES on the default bus (SES developer guide, event publishing to EventBridge), as far
 * as it is read: the tags of ours that the mail carried. The addresses in it are never looked at,
 * and the rule leaves them out.
 */
export const mailEventSchema = z.pipe(
  z.object({
    'detail-type': z.enum(['Email Bounced', 'Email Complaint Received']),
    detail: z.object({
      bounce: z.optional(z.object({ bounceType: z.string() })),
      mail: z.object({
        tags: z.object({
          program: tag,
          member: z.optional(z.pipe(tag, z.transform(memberOfTag))),
          via: tag,
          redemption: z.optional(tag),
        }),
      }),
    }),
  }),
  z.transform(({ 'detail-type': type, detail }) => {
    const { program, member, via, redemption } = detail.mail.tags;
    return {
      ...{ program, via },
      ...(member !== undefined && { member }),
      kind: type === 'Email Bounced' ? ('bounced' as const) : ('complained' as const),
      isPermanent: detail.bounce?.bounceType === 'Permanent',
      ...(redemption !== undefined && { redemption }),
    };
  }),
);
