import { Command, Option } from 'commander';
import {
  type ContractFile,
  contractFiles,
  contractText,
  isUpToDate,
  writeContract,
} from '../contracts/files.ts';
import { exitCodes, guerdon, say } from '../exit.ts';

interface ContractsOptions {
  readonly print?: ContractFile;
  readonly write?: boolean;
}

/** `guerdon contracts`: what the API and the bus look like from outside, made of the schemas. */
export function contractsCommand(): Command {
  return new Command('contracts')
    .description('check, print or write OpenAPI, AsyncAPI and the JSON Schemas of events')
    .addOption(new Option('--print <file>', 'print one of them').choices(contractFiles))
    .option('--write', 'write those that differ from what the schemas say')
    .action(async ({ print, write }: ContractsOptions) => {
      if (print !== undefined) {
        process.stdout.write(contractText(print));
        return;
      }
      const stale = await staleFiles();
      if (write === true) for (const file of stale) await writeContract(file);
      for (const file of stale)
        say(`${file} ${write === true ? 'is written.' : 'is out of date.'}`);
      if (stale.length === 0 || write === true) return;
      say(`\`${guerdon} contracts --write\` brings them up to date.`);
      process.exitCode = exitCodes.findings;
    });
}

async function staleFiles(): Promise<ContractFile[]> {
  const stale: ContractFile[] = [];
  for (const file of contractFiles) {
    if (!(await isUpToDate(file))) stale.push(file);
  }
  return stale;
}
