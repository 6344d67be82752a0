import { Command } from 'commander';
import { exitCodes, printJson, say } from '../exit.ts';
import { readState } from '../read-state.ts';
import { type DecidedReview, decideInState, type ReviewDecision } from '../review/decide.ts';
import { waitingInWords, waitingReviews } from '../review/waiting.ts';
import { ApiRefusal } from '../webhooks/api.ts';

/** `guerdon review`: redemptions that a person must look at before anything is ordered. */
export function reviewCommand(): Command {
  return new Command('review')
    .description('redemptions under review: list them, let them go, or block them')
    .addCommand(listCommand())
    .addCommand(decideCommand('release', 'let a redemption go; the order follows at once'))
    .addCommand(decideCommand('block', 'block a redemption; its points go back'));
}

function listCommand(): Command {
  return new Command('list')
    .description('list what waits for a person, the longest waiting first')
    .requiredOption('--state <dir>', 'the state that a run has left')
    .option('--json', 'print JSON')
    .action(async ({ state, json }: { readonly state: string; readonly json?: boolean }) => {
      const found = await readState(state, ({ table }) => waitingReviews(table));
      if (json === true) return printJson(found);
      for (const line of waitingInWords(found)) print(line);
    });
}

interface DecideOptions {
  readonly state: string;
  readonly reason: string;
  readonly actor: string;
  readonly json?: boolean;
}

function decideCommand(decision: ReviewDecision['decision'], description: string): Command {
  return new Command(decision)
    .description(description)
    .argument('<redemption>', 'its id, as the list has it')
    .requiredOption('--state <dir>', 'the state that holds it')
    .requiredOption('--reason <text>', 'why, for whoever asks later')
    .requiredOption('--actor <name>', 'who decides; a second person is another name')
    .option('--json', 'print JSON')
    .action(async (redemption: string, { state, reason, actor, json }: DecideOptions) => {
      try {
        const decided = await decideInState(state, { redemption, decision, reason, actor });
        if (json === true) printJson(decided);
        else print(inWords(decision, decided));
      } catch (error) {
        if (!(error instanceof ApiRefusal)) throw error;
        say(error.message);
        process.exitCode = exitCodes.findings;
      }
    });
}

function inWords(decision: string, { redemption, status, needsSecondPerson }: DecidedReview) {
  if (needsSecondPerson) return `${redemption} waits for a second person, who is another --actor.`;
  return `${redemption} was ${decision === 'release' ? 'released' : 'blocked'}: it is ${status}.`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
