import { Command } from 'commander';
import { UsageError } from '../exit.ts';
import { localToken } from '../token.ts';

interface TokenOptions {
  readonly member: string;
  readonly program: string;
  readonly hours: string;
}

/** `guerdon token`: prints a JWT for the local HTTP API. */
export function tokenCommand(): Command {
  return new Command('token')
    .description("sign a token for the local stack's HTTP API and print it")
    .requiredOption('--member <member>', 'the member that the token speaks for')
    .option('--program <program>', "the member's program", 'online-retail')
    .option('--hours <hours>', 'how long it is valid', '8')
    .action(async ({ member, program, hours }: TokenOptions) => {
      const lifetimeHours = Number(hours);
      if (!(lifetimeHours > 0 && lifetimeHours <= 24 * 365)) {
        throw new UsageError('--hours takes a number above 0, up to 8760.');
      }
      const token = await localToken({ program, subject: member, scope: 'member', lifetimeHours });
      process.stdout.write(`${token}\n`);
    });
}
