import { Command } from 'commander';
import { type Refusal, refusalSentences } from '../../../shared/domain/refusal.ts';
import { exitCodes, printJson, say } from '../exit.ts';
import { type ChoiceRequest, chooseInState } from '../payout/choose.ts';
import { approvePayout, cancelPayout, type PayoutDecision } from '../payout/decide.ts';
import { type FoundPayout, type FoundPoints, findAny } from '../payout/find.ts';
import { lineInWords, linesOf } from '../payout/lines.ts';
import { openState, requireRun } from '../payout/opened-state.ts';
import { type ReportOfRun, reportRun } from '../payout/report.ts';
import { differencesInWords, reportInWords } from '../payout/report-words.ts';
import { runInState } from '../payout/run.ts';
import { payoutInWords, payoutStates, type ShownPayout, shownPayout } from '../payout/show.ts';
import { pointsInWords, shownPoints } from '../payout/show-points.ts';
import { ApiRefusal } from '../webhooks/api.ts';
import { filesCommand } from './payout-files.ts';

/** `guerdon payout`: money in wallets that reaches members, or whom they give it to. */
export function payoutCommand(): Command {
  return new Command('payout')
    .description('pay wallets out, look at payouts, and decide about those that wait')
    .addCommand(runCommand())
    .addCommand(chooseCommand())
    .addCommand(reportCommand())
    .addCommand(showCommand())
    .addCommand(filesCommand())
    .addCommand(
      decideCommand('approve', {
        description: 'let a payout go that waits for a person; its order follows at once',
        decide: approvePayout,
      }),
    )
    .addCommand(
      decideCommand('cancel', {
        description: 'block or call off a payout; the money goes back into the wallet',
        decide: cancelPayout,
      }),
    );
}

interface RunOptions {
  readonly state: string;
  readonly asOf: string;
  readonly program?: string;
  readonly run?: string;
  readonly actor: string;
  readonly json?: boolean;
}

function runCommand(): Command {
  return new Command('run')
    .description('pay out every wallet that is due, and wait for what comes of it')
    .requiredOption('--state <dir>', 'the state that a run of events has left')
    .requiredOption('--as-of <time>', "the day of its rates, in the program's zone, or an instant")
    .option('--program <program>', 'the program, by name or file; else the one of the state')
    .option('--run <name>', 'goes on with the run of that name; else named by program and day')
    .option('--actor <name>', 'who asks for it, and may not approve any of it', 'operator')
    .option('--json', 'print JSON')
    .action(async ({ state, program, actor, json, ...asked }: RunOptions) => {
      const opened = await openState(state, program, async ({ program: newest, asOf: present }) => {
        return { program: newest, asOf: present };
      });
      const paid = await runInState(state, opened, { ...asked, requestedBy: actor });
      if (!paid.ok) return refuse(paid.failure);
      const { report, ...counts } = paid.value;
      if (json === true) printJson({ ...counts, report });
      else {
        const { members, paid: placed, skipped, failed } = counts;
        if (members === 0 && report.state === 'done') print('Nothing was left to place.');
        else print(`${members} members: ${placed} payouts placed, ${skipped} wallets left.`);
        if (failed > 0) print(`${failed} members met a fault; give the command again.`);
        for (const line of reportInWords(report)) print(line);
      }
      endWith(report, counts.failed);
    });
}

interface ChooseOptions extends ChoiceRequest {
  readonly state: string;
  readonly program?: string;
  readonly json?: boolean;
}

function chooseCommand(): Command {
  return new Command('choose')
    .description('keep how a member wants to be paid, sealed as the API would keep it')
    .requiredOption('--member <member>', 'whose wallets are paid out')
    .requiredOption('--rail <rail>', 'one of the program, by its id')
    .requiredOption('--currency <code>', 'what is paid, such as EUR')
    .requiredOption('--state <dir>', 'the state to keep it in')
    .option('--country <code>', 'where the member is; else that of the profile')
    .option('--donate <charity:percent>', 'so much of each payout is given away')
    .option('--payee <file>', 'whom it is paid to, as JSON')
    .option('--email <address>', 'where the member is told of payouts')
    .option('--program <program>', 'the program, by name or file; else the one of the state')
    .option('--json', 'print JSON')
    .action(async ({ state, program, json, ...request }: ChooseOptions) => {
      const chosen = await chooseInState(state, program, request);
      if (!chosen.ok) return refuse(chosen.failure);
      if (json === true) return printJson(chosen.value);
      print(`${request.member} is paid ${request.currency} by ${request.rail}.`);
    });
}

/** A code, its sentence and the field; never what stands in it. */
function refuse({ code, field }: Refusal): void {
  say(`${code}: ${refusalSentences[code]}${field === undefined ? '' : ` (${field})`}`);
  process.exitCode = exitCodes.findings;
}

interface ReportOptions {
  readonly state: string;
  readonly run: string;
  readonly program?: string;
  readonly lines?: boolean;
  readonly json?: boolean;
}

function reportCommand(): Command {
  return new Command('report')
    .description('say what has become of a run by now, and whether that equals the ledger')
    .requiredOption('--run <name>', 'the run')
    .requiredOption('--state <dir>', 'the state that holds it')
    .option('--program <program>', 'the program, by name or file; else the one of the state')
    .option('--lines', 'print what became of each wallet before it')
    .option('--json', 'print JSON; with --lines, one object a line')
    .action(async ({ state, run: name, program, lines, json }: ReportOptions) => {
      const report = await openState(state, program, async (opened) => {
        const run = await requireRun(opened, name);
        for await (const line of lines === true ? linesOf(opened.table, run) : []) {
          print(json === true ? JSON.stringify(line) : lineInWords(line));
        }
        return reportRun(opened.table, run);
      });
      if (json === true) print(JSON.stringify(report, null, lines === true ? 0 : 2));
      else for (const line of reportInWords(report)) print(line);
      endWith(report);
    });
}

function endWith(report: ReportOfRun, failed = 0): void {
  for (const line of differencesInWords(report)) say(line);
  if (report.differences.length > 0 || failed > 0) process.exitCode = exitCodes.findings;
}

interface ShowOptions {
  readonly state: string;
  readonly json?: boolean;
}

function showCommand(): Command {
  return new Command('show')
    .description('say how one payout stands, and why; never whom it goes to')
    .argument('<payout>', 'its id')
    .requiredOption('--state <dir>', 'the state that holds it')
    .option('--json', 'print JSON')
    .action(async (payout: string, { state, json }: ShowOptions) => {
      const { shown, words } = shownOf(payout, await findAny(state, payout));
      if (json === true) printJson(shown);
      else for (const line of words) print(line);
    });
}

function shownOf(payout: string, found: FoundPayout | FoundPoints) {
  if ('record' in found) {
    const shown = shownPayout(found.record, found.terms, found.run);
    return { shown, words: payoutInWords(shown) };
  }
  const shown = shownPoints(payout, found.points, found.run);
  return { shown, words: pointsInWords(shown) };
}

interface DecideOptions extends Omit<PayoutDecision, 'payout'> {
  readonly state: string;
  readonly json?: boolean;
}

interface Deciding {
  readonly description: string;
  readonly decide: (directory: string, decision: PayoutDecision) => Promise<ShownPayout>;
}

function decideCommand(name: string, { description, decide }: Deciding): Command {
  return new Command(name)
    .description(description)
    .argument('<payout>', 'its id')
    .requiredOption('--state <dir>', 'the state that holds it')
    .requiredOption('--actor <name>', 'who decides')
    .requiredOption('--reason <text>', 'why, for whoever asks later')
    .option('--json', 'print JSON')
    .action(async (payout: string, { state, actor, reason, json }: DecideOptions) => {
      try {
        const shown = await decide(state, { payout, actor, reason });
        if (json === true) printJson(shown);
        else print(`${payout} ${payoutStates[shown.state]}.`);
      } catch (error) {
        if (!(error instanceof ApiRefusal)) throw error;
        say(error.message);
        process.exitCode = exitCodes.findings;
      }
    });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
