import type { PayoutFilesSummary, RefusedFile } from '../../contracts/payout-files.ts';
import { isFileName } from '../../domain/payout/file-name.ts';
import { failure, type Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { FileExchange, FoundFile } from '../../ports/file-exchange.ts';
import type { Clock, Logger } from '../../ports/runtime.ts';
import { errorFields } from '../logging/error-fields.ts';
import { adviceFor } from './file-advice.ts';

export interface TakeInDependencies {
  readonly files: FileExchange;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface FileFault {
  readonly code: string;
  readonly path?: string;
  readonly line?: number;
}

/** How the files of a folder are taken in. */
export interface Intake<Taken> {
  readonly area: 'bank' | 'sanctions';
  /** No further file is taken from then on. */
  readonly until: Instant;
  /** Before a file is read: how its text is taken. */
  begin(name: string): Promise<Take<Taken>>;
  /** Whether a refused file may be taken once the others have been. */
  mayWait?(fault: FileFault): boolean;
}

/** May be called again for the same file: whatever it did then must count once. */
type Take<Taken> = (text: string) => Promise<Result<Taken, FileFault>>;

export interface TakenIn<Taken> {
  readonly taken: readonly Taken[];
  readonly refused: readonly RefusedFile[];
  readonly failed: PayoutFilesSummary['failed'];
}

/** What is added to a name has to fit as well. */
const longestName = 200;

/**
 * Takes in what lies in `incoming`, in the order of the names, and puts it into `read`, or into
 * `refused` with a text beside it that says why. A file leaves `incoming` last, so that whatever
 * dies on the way is done again; one that breaks off stops no other, and stays for the next time.
 */
export async function takeInFiles<Taken>(
  dependencies: TakeInDependencies,
  intake: Intake<Taken>,
): Promise<TakenIn<Taken>> {
  const { clock, files, logger } = dependencies;
  const folder = `${intake.area}/incoming` as const;
  let names: string[] = [];
  for await (const name of files.names(folder)) names.push(name);
  const taken: Taken[] = [];
  const refused: RefusedFile[] = [];
  const failed: { what: string }[] = [];
  let untaken = 0;
  for (const mayWait of [intake.mayWait, undefined]) {
    const waiting: string[] = [];
    for (const [at, name] of names.entries()) {
      if (clock.now() >= intake.until) {
        untaken += names.length - at;
        break;
      }
      try {
        const outcome = await takeIn(dependencies, { ...intake, mayWait }, name);
        if (outcome.kind === 'taken') taken.push(outcome.taken);
        if (outcome.kind === 'refused') refused.push(outcome.refused);
        if (outcome.kind === 'waits') waiting.push(name);
      } catch (error) {
        logger.error('FILES_FAILED', { kind: intake.area, ...errorFields(error) });
        failed.push({ what: `${folder}/${name}` });
      }
    }
    names = waiting;
  }
  if (untaken > 0) {
    logger.error('FILES_FAILED', { kind: intake.area, reason: 'TIME_UP', count: untaken });
    failed.push({ what: folder });
  }
  return { taken, refused, failed };
}

type Outcome<Taken> =
  | { readonly kind: 'taken'; readonly taken: Taken }
  | { readonly kind: 'refused'; readonly refused: RefusedFile }
  | { readonly kind: 'waits' | 'gone' };

interface Taking<Taken> extends Omit<Intake<Taken>, 'mayWait'> {
  readonly mayWait: Intake<Taken>['mayWait'];
}

async function takeIn<Taken>(
  dependencies: TakeInDependencies,
  { area, begin, mayWait }: Taking<Taken>,
  name: string,
): Promise<Outcome<Taken>> {
  const { files } = dependencies;
  const folder = `${area}/incoming` as const;
  const isNamed = isFileName(name) && name.length <= longestName;
  if (!isNamed) return refuse(dependencies, { folder, name, code: 'FILE_NAME' });
  const take = await begin(name);
  const file = await files.read(folder, name);
  if (file === 'gone') return { kind: 'gone' };
  if (file === 'tooLarge') {
    await putReason(files, area, name, { code: 'TOO_LARGE' });
    return refuse(dependencies, { folder, name, code: 'TOO_LARGE' });
  }
  const text = textOf(file);
  const read = text === undefined ? failure({ code: 'NOT_UTF8' }) : await take(text);
  if (read.ok) {
    await move(files, file, `${area}/read`);
    return { kind: 'taken', taken: read.value };
  }
  if (mayWait?.(read.failure) === true) return { kind: 'waits' };
  await putReason(files, area, name, read.failure);
  await move(files, file, `${area}/refused`);
  return refuse(dependencies, { folder, name, ...read.failure, hasGone: true });
}

function textOf({ bytes }: FoundFile): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Not the text again: bytes stay as they came. */
async function move(
  files: FileExchange,
  file: FoundFile,
  folder: `${Intake<unknown>['area']}/${'read' | 'refused'}`,
): Promise<void> {
  await files.put(folder, file.name, file.bytes);
  await files.remove(file);
}

async function putReason(
  files: FileExchange,
  area: Intake<unknown>['area'],
  name: string,
  { code, line, path }: FileFault,
): Promise<void> {
  const lines = [
    `code: ${code}`,
    ...(path ? [`element: ${path}`] : []),
    ...(line === undefined ? [] : [`line: ${line}`]),
    `what to do: ${adviceFor(code)}`,
  ];
  await files.put(`${area}/refused`, `${name}.reason.txt`, `${lines.join('\n')}\n`);
}

interface Refusing extends FileFault {
  readonly folder: RefusedFile['folder'];
  readonly name: string;
  readonly hasGone?: true;
}

/** Names of files are told to who asked and not logged: banks put account numbers into them. */
function refuse(
  { logger }: TakeInDependencies,
  { code, folder, hasGone, line, name, path }: Refusing,
): Outcome<never> {
  const where = { ...(path && { path }), ...(line !== undefined && { line }) };
  logger.error('FILE_REFUSED', { kind: folder, code, field: path, line });
  const refused = { folder, file: name, code, ...where, advice: adviceFor(code) };
  return { kind: 'refused', refused: hasGone ? refused : { ...refused, stays: true } };
}
