import { Command } from 'commander';
import { keyedHash } from '../../../shared/adapters/providers/voucher-pool/keyed-hash.ts';
import {
  openPool,
  type PoolReport,
  reportPools,
} from '../../../shared/app/catalogue/load-vouchers.ts';
import { isPoolName, productOfPool } from '../../../shared/domain/catalogue/voucher.ts';
import { exitCodes, printJson, say, UsageError } from '../exit.ts';
import { parseDay } from '../fx/options.ts';
import { type HeldState, withHeldState } from '../held-state.ts';
import { requireInputFile } from '../input-file.ts';
import { readProgramFile } from '../program-file.ts';
import { requireProgram } from '../state.ts';
import { holdsState } from '../state-folder.ts';
import { loadVoucherFile, type VoucherReport, voucherHeader } from '../vouchers/load.ts';
import { poolOptions, poolRequest, readPoolOptions } from '../vouchers/pool-options.ts';
import { withStateSealer } from '../vouchers/sealing.ts';
import {
  differenceInWords,
  poolJson,
  poolsInWords,
  rejectionInWords,
  reportInWords,
} from '../vouchers/words.ts';

/** `guerdon vouchers`: codes that were bought beforehand, for rewards of the voucher pool. */
export function vouchersCommand(): Command {
  return new Command('vouchers')
    .description('pools of codes that were bought beforehand, for perks and experiences')
    .addCommand(loadCommand())
    .addCommand(listCommand())
    .addCommand(retireCommand());
}

interface LoadOptions {
  readonly pool: string;
  readonly program: string;
  readonly state: string;
  readonly expires?: string;
  readonly json?: boolean;
}

function loadCommand(): Command {
  const command = new Command('load')
    .description('seal the codes of a file and add them to a pool; the pool is made with the first')
    .argument('<csv>', 'column code, and perhaps pin, expiresOn and website')
    .requiredOption('--pool <name>', 'the pool, such as spa-day')
    .requiredOption('--program <file>', 'the program whose rewards they are')
    .requiredOption('--state <dir>', 'the state to keep them in; made where there is none')
    .option('--expires <day>', 'the last day of codes that have none in the file')
    .option('--json', 'print JSON');
  return poolOptions(command).action(async (path: string, options: LoadOptions) => {
    const report = await load(path, options);
    if (report === undefined) return;
    for (const line of report.rejected) say(rejectionInWords(path, line));
    if (options.json === true) printJson(report);
    else print(reportInWords(report));
    if (report.rejected.length > 0) process.exitCode = exitCodes.findings;
  });
}

/** `undefined` where the pool is another one than is asked for; that has been said. */
async function load(path: string, options: LoadOptions): Promise<VoucherReport | undefined> {
  await requireInputFile(path);
  const header = await voucherHeader(path);
  const program = await readProgramFile(options.program);
  const asked = readPoolOptions(options);
  // Where there is no state there is no pool: what is missing is said before anything is made.
  if (!(await holdsState(options.state))) poolRequest(asked, program, undefined);
  const expires =
    options.expires === undefined ? undefined : parseDay('--expires', options.expires);
  const work = async ({ table: { vouchers }, remembered, now }: HeldState) => {
    requireProgram(options.state, remembered, program.program);
    const clock = { now: () => now };
    return withStateSealer(options.state, clock, async (sealer) => {
      const loading = { vouchers, sealer, hash: keyedHash, clock };
      const known = await vouchers.pool({ program: program.program, pool: asked.pool });
      const opened = await openPool(loading, poolRequest(asked, program, known));
      if (opened.ok) return loadVoucherFile(loading, opened.value, { path, header, expires });
      say(differenceInWords(asked.pool, opened.failure, known));
      process.exitCode = exitCodes.findings;
      return undefined;
    });
  };
  return withHeldState(options.state, work, { creates: true });
}

function listCommand(): Command {
  return new Command('list')
    .description('say how the pools stand: free, taken and expired codes')
    .requiredOption('--state <dir>', 'the state that holds them')
    .option('--json', 'print JSON')
    .action(async ({ state, json }: { readonly state: string; readonly json?: boolean }) => {
      const reports = await withHeldState(state, async ({ table: { vouchers }, now }) => {
        const found: PoolReport[] = [];
        const keeping = { vouchers, clock: { now: () => now } };
        for await (const report of reportPools(keeping)) found.push(report);
        return found;
      });
      if (json === true) return printJson(reports.map(poolJson));
      for (const line of poolsInWords(reports)) print(line);
    });
}

interface RetireOptions {
  readonly pool: string;
  readonly program: string;
  readonly state: string;
}

function retireCommand(): Command {
  return new Command('retire')
    .description("give up an order's code, which goes to nobody else; the order is then refused")
    .argument('<reference>', 'our reference of the order: the redemption with its attempt')
    .requiredOption('--pool <name>', 'the pool that it was ordered from')
    .requiredOption('--program <file>', 'the program')
    .requiredOption('--state <dir>', 'the state that holds the pool')
    .action(async (reference: string, { pool, program: path, state }: RetireOptions) => {
      const { program } = await readProgramFile(path);
      if (!isPoolName(pool)) throw new UsageError('--pool is no name of a pool.');
      const retired = await withHeldState(state, async ({ table: { vouchers }, now: at }) => {
        if ((await vouchers.pool({ program, pool })) === undefined) return false;
        await vouchers.retire({ program, pool, reference, at });
        return true;
      });
      if (!retired)
        throw new UsageError(`${state} has no pool ${productOfPool({ program, pool })}.`);
      print(`${reference} has no code any more.`);
    });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
