import { SESv2Client } from '@aws-sdk/client-sesv2';
import { createMailer } from '../../shared/adapters/aws/mailer.ts';
import type { Mailer } from '../../shared/ports/runtime.ts';
import { readEnvironment } from './environment.ts';

export function composeMailer(): Mailer {
  const { MAIL_FROM, MAIL_CONFIGURATION_SET } = readEnvironment(
    'MAIL_FROM',
    'MAIL_CONFIGURATION_SET',
  );
  return createMailer({
    ...{ client: new SESv2Client({}), from: MAIL_FROM },
    ...(MAIL_CONFIGURATION_SET !== undefined && { configurationSet: MAIL_CONFIGURATION_SET }),
  });
}
