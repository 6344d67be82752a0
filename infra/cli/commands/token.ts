import { Command, Option } from 'commander';
import { UsageError } from '../exit.ts';
import { localToken, type TokenScope } from '../token.ts';

interface TokenOptions {
  readonly member: string;
  readonly program: string;
  readonly hours: string;
  readonly scope: TokenScope;
}

/** `guerdon token`: prints a JWT for the local HTTP API. */
export function tokenCommand(): Command {
  return new Command('token')
    .description("sign a token for the local stack's HTTP API and print it")
    .requiredOption('--member <member>', 'the member, system or person that the token speaks for')
    .addOption(
      new Option('--scope <scope>', 'whether for itself, or for every member of the program')
        .choices(['member', 'integrator', 'staff'])
        .default('member'),
    )
    .option('--program <program>', "the member's program", 'online-retail')
    .option('--hours <hours>', 'how long it is valid', '8')
    .action(async ({ member, program, hours, scope }: TokenOptions) => {
      const lifetimeHours = Number(hours);
      if (!(lifetimeHours > 0 && lifetimeHours <= 24 * 365)) {
        throw new UsageError('--hours takes a number above 0, up to 8760.');
      }
      const token = await localToken({ program, subject: member, scope, lifetimeHours });
      process.stdout.write(`${token}\n`);
    });
}
