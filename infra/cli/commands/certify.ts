import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { machineClock, systemSleeper } from '../../../shared/adapters/system.ts';
import { type CaseResult, certificateText, isCertified } from '../certify/case-result.ts';
import { runSuite } from '../certify/run-suite.ts';
import { openSandbox, secretVariable } from '../certify/sandbox-account.ts';
import { runSandboxCases } from '../certify/sandbox-cases.ts';
import { exitCodes, say, UsageError } from '../exit.ts';

const providers = [
  'tremendous',
  'runa',
  'tango',
  'reloadly',
  'voucher-pool',
  'paypal-payouts',
  'wise',
  'bank-file',
];

/** `guerdon certify`: what an adapter has to show before it may spend money. */
export function certifyCommand(): Command {
  return new Command('certify')
    .description("run the certification suite against a provider's adapter")
    .argument('<provider>', providers.join(', '))
    .option('--sandbox', `a small suite against its sandbox; credentials in ${secretVariable}`)
    .action(async (name: string, { sandbox }: { readonly sandbox?: boolean }) => {
      if (!providers.includes(name)) {
        throw new UsageError(`No provider is named "${name}". There are ${providers.join(', ')}.`);
      }
      const results = await (sandbox === true ? certifyInSandbox(name) : certifyHere(name));
      process.stdout.write(certificateText(name, results));
      if (!isCertified(results)) process.exitCode = exitCodes.findings;
    });
}

function certifyHere(name: string): Promise<readonly CaseResult[]> {
  say(`Certifying ${name} against its stand-in …`);
  return runSuite(name);
}

function certifyInSandbox(name: string): Promise<readonly CaseResult[]> {
  const provider = openSandbox(name, process.env[secretVariable]);
  say(`Certifying ${name} against its sandbox: one order will be placed there …`);
  const run = { provider, clock: machineClock, sleeper: systemSleeper, newReference: randomUUID };
  return runSandboxCases(run);
}
