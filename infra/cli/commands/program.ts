import { Command } from 'commander';
import type { Finding, Program } from '../../../shared/domain/program/schema.ts';
import { exitCodes, printJson, say } from '../exit.ts';
import { programJsonSchema } from '../program/json-schema.ts';
import { type ListedVersion, listVersions } from '../program/list.ts';
import { fromInWords, publishVersion } from '../program/publish.ts';
import { withStatePrograms } from '../program/state-programs.ts';
import { withdrawVersion } from '../program/withdraw.ts';
import { checkProgramFile, readProgramFile, refusalOf } from '../program-file.ts';
import { requireProgram } from '../state.ts';
import { simulateCommand } from './program-simulate.ts';
import { testCommand } from './program-test.ts';

/** `guerdon program`: program files, and the versions of them that a state holds. */
export function programCommand(): Command {
  return new Command('program')
    .description('check program files, and manage the versions that are published')
    .addCommand(validateCommand())
    .addCommand(testCommand())
    .addCommand(simulateCommand())
    .addCommand(publishCommand())
    .addCommand(listCommand())
    .addCommand(withdrawCommand())
    .addCommand(schemaCommand());
}

function validateCommand(): Command {
  return new Command('validate')
    .description('say everything that is wrong with a program file')
    .argument('<file>', 'the program file')
    .option('--json', 'print the findings as JSON')
    .action(async (file: string, { json }: { readonly json?: boolean }) => {
      const checked = await checkProgramFile(file);
      const findings = 'findings' in checked ? checked.findings : [];
      process.exitCode = findings.length === 0 ? exitCodes.done : exitCodes.findings;
      if (json === true) return printJson({ file, valid: findings.length === 0, findings });
      if ('program' in checked) print(`${file} is a valid program: ${contentOf(checked.program)}`);
      else print(refusalOf(file, findings));
    });
}

function publishCommand(): Command {
  return new Command('publish')
    .description('publish a version of a program; the first one is in force since ever')
    .argument('<file>', 'the program file')
    .requiredOption('--state <dir>', 'the state to publish it in')
    .option('--from <time>', "when it begins: an instant, or a date in the program's zone")
    .action(async (file: string, { state, from }: { state: string; from?: string }) => {
      const program = await readProgramFile(file);
      const publishing = await withStatePrograms(
        state,
        (held) => {
          requireProgram(state, held.remembered, program.program);
          return publishVersion(held, program, from);
        },
        { creates: true },
      );
      if (publishing.kind === 'refused') {
        refuse(`${file} is not published`, publishing.findings);
        return;
      }
      const begins = fromInWords(publishing.from);
      const known = publishing.kind === 'exists' ? ' was published before' : ' is published';
      print(`${program.program}, in force ${begins},${known}.`);
    });
}

function listCommand(): Command {
  return new Command('list')
    .description('list the published versions')
    .requiredOption('--state <dir>', 'the state that holds them')
    .option('--json', 'print JSON')
    .action(async ({ state, json }: { readonly state: string; readonly json?: boolean }) => {
      const versions = await withStatePrograms(state, listVersions);
      if (json === true) return printJson(versions);
      for (const version of versions) print(lineOf(version));
    });
}

function withdrawCommand(): Command {
  return new Command('withdraw')
    .description('take back a version that is not yet in force')
    .argument('[program]', 'the program, where there are several')
    .requiredOption('--from <time>', 'when the version would begin')
    .requiredOption('--state <dir>', 'the state that holds it')
    .action(async (program: string | undefined, options: { state: string; from: string }) => {
      const { state, from } = options;
      const findings = await withStatePrograms(state, (held) =>
        withdrawVersion(held, program, from),
      );
      if (findings.length > 0) refuse('The version is not withdrawn', findings);
      else print(`The version from ${from} is withdrawn.`);
    });
}

function schemaCommand(): Command {
  return new Command('schema')
    .description('print the JSON Schema of program files, for editors')
    .action(() => printJson(programJsonSchema()));
}

function refuse(what: string, findings: readonly Finding[]): void {
  for (const { pointer, message } of findings) {
    say(`${what}: ${pointer === '' ? '' : `${pointer} `}${message}.`);
  }
  process.exitCode = exitCodes.findings;
}

function contentOf({ earning, rewards, eventTypes }: Program): string {
  const counts = [
    `${earning.rules.length} rules`,
    `${earning.returns.length} returns`,
    `${eventTypes.length} event types`,
    `${rewards.length} rewards`,
  ];
  return `${counts.join(', ')}.`;
}

const statusWords = { past: 'past', inForce: 'in force', toCome: 'to come' } as const;

function lineOf({ program, from, status, rules, rewards }: ListedVersion): string {
  const begins = from.startsWith('1970-01-01T00:00:00.000') ? 'since ever' : from;
  return [program, begins, statusWords[status], `${rules} rules`, `${rewards} rewards`].join('\t');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
