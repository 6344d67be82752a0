import { mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Mapping, parseMapping } from '../../../shared/domain/import/mapping.ts';
import { UsageError } from '../exit.ts';
import { reasonOf } from './system-reason.ts';

const maxMappingBytes = 1_048_576;

export function readMapping(path: string): Mapping {
  let text: string;
  try {
    const bytes = statSync(path).size;
    if (bytes > maxMappingBytes) throw new Error('it is larger than 1 MB');
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`Cannot read the mapping ${path}: ${reasonOf(error)}.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UsageError(`The mapping ${path} is not valid JSON.`);
  }
  const mapping = parseMapping(value);
  if (!mapping.ok) throw new UsageError(`The mapping ${path} is not valid: ${mapping.failure}.`);
  return mapping.value;
}

/** Refuses to write over what is being read; the input itself is checked when it is opened. */
export function checkPaths(paths: { inPath: string; outPath: string; mappingPath: string }): void {
  const outputs = [resolve(paths.outPath), resolve(rejectedPathOf(paths.outPath))];
  for (const input of [paths.inPath, paths.mappingPath]) {
    for (const output of outputs) {
      if (isSameFile(input, output)) throw new UsageError(`--out would overwrite ${input}.`);
    }
  }
  for (const output of outputs) {
    // A device such as /dev/null must not be renamed over.
    if (statSync(output, { throwIfNoEntry: false })?.isFile() === false) {
      throw new UsageError(`Cannot write ${output}: it is no regular file.`);
    }
  }
}

function isSameFile(left: string, right: string): boolean {
  try {
    return realpathSync(left) === realpathSync(right);
  } catch {
    return resolve(left) === resolve(right);
  }
}

export function rejectedPathOf(outPath: string): string {
  return `${outPath}.rejected.csv`;
}

/**
 * Runs `work` with a folder for its temporary files and removes the folder afterwards, after an
 * error and on Ctrl-C too. It stands beside the output: there is room for large files, and a rename
 * is atomic.
 */
export async function withWorkFolder<Value>(
  outPath: string,
  work: (folder: string) => Promise<Value>,
): Promise<Value> {
  const target = resolve(outPath);
  let folder: string;
  try {
    folder = mkdtempSync(join(dirname(target), `.${basename(target)}.import-`));
  } catch (error) {
    throw new UsageError(`Cannot write beside ${outPath}: ${reasonOf(error)}.`);
  }
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const onSignal = (signal: NodeJS.Signals): void => {
    remove();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    return await work(folder);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    remove();
  }
}

/** Puts both finished files in place; the events come last, so that their presence says "done". */
export function publish(folder: string, outPath: string): void {
  renameSync(join(folder, rejectedName), rejectedPathOf(outPath));
  renameSync(join(folder, eventsName), outPath);
}

export const eventsName = 'events.jsonl';
export const rejectedName = 'rejected.csv';
