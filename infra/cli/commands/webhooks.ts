import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import * as z from 'zod';
import { type Instant, parseInstant } from '../../../shared/domain/time.ts';
import { exitCodes, printJson, say, UsageError } from '../exit.ts';
import { type ApiAccess, type ApiCall, ApiRefusal, askWebhooks } from '../webhooks/api.ts';
import { replayDays } from '../webhooks/replay-days.ts';

/** `guerdon webhooks`: who is told what happens in a program, over the API. */
export function webhooksCommand(): Command {
  return new Command('webhooks')
    .description('list, add, remove and replay the webhooks of a program')
    .addCommand(listCommand())
    .addCommand(addCommand())
    .addCommand(removeCommand())
    .addCommand(replayCommand());
}

function apiCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .requiredOption('--api <url>', 'the address of the API, as `guerdon start` prints it')
    .option('--program <program>', 'the program', 'online-retail')
    .option('--token <jwt>', 'an integrator token; without it, one for the local stack');
}

function listCommand(): Command {
  return apiCommand('list', 'list the addresses that are told').action((access: ApiAccess) =>
    tell(access, { method: 'GET' }),
  );
}

interface AddOptions extends ApiAccess {
  readonly url: string;
  readonly types: readonly string[];
}

function addCommand(): Command {
  return apiCommand('add', 'add an address; its signing secret is printed once')
    .requiredOption('--url <url>', 'where to send')
    .requiredOption('--types <types...>', 'what to tell, such as redemption.* or tier.changed.v1')
    .action(({ url, types, ...access }: AddOptions) =>
      tell(access, { method: 'POST', key: randomUUID(), body: { url, types } }),
    );
}

function removeCommand(): Command {
  return apiCommand('remove', 'tell an address nothing more')
    .argument('<webhook>', 'its id')
    .action((webhook: string, access: ApiAccess) =>
      tell(access, { method: 'DELETE', path: `/${encodeURIComponent(webhook)}` }),
    );
}

interface ReplayOptions extends ApiAccess {
  readonly from: string;
  readonly to: string;
}

const queuedSchema = z.object({ queued: z.number() });

function replayCommand(): Command {
  return apiCommand('replay', 'send what was sent in a period once more')
    .argument('<webhook>', 'its id')
    .requiredOption('--from <instant>', 'when the period begins, with offset')
    .requiredOption('--to <instant>', 'when it ends')
    .action(async (webhook: string, { from, to, ...access }: ReplayOptions) => {
      const days = replayDays(instant('--from', from), instant('--to', to));
      const path = `/${encodeURIComponent(webhook)}/replay`;
      await refusing(async () => {
        let queued = 0;
        for (const body of days) {
          const answer = await askWebhooks(access, { method: 'POST', path, body });
          queued += queuedSchema.parse(answer).queued;
        }
        printJson({ queued });
      });
    });
}

function instant(option: string, text: string): Instant {
  const found = parseInstant(text);
  if (found === undefined) throw new UsageError(`${option} takes an instant with offset.`);
  return found;
}

async function tell(access: ApiAccess, call: ApiCall): Promise<void> {
  await refusing(async () => {
    const answer = await askWebhooks(access, call);
    if (answer !== undefined) printJson(answer);
  });
}

/** What the API refuses is said, and ends with 1. */
async function refusing(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
    say(error.message);
    process.exitCode = exitCodes.findings;
  }
}
