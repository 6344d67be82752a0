import type { PayoutFilesSummary } from '../../../../shared/contracts/payout-files.ts';
import { formatMoney } from '../../../../shared/domain/money/format.ts';
import { grouped } from '../../import/count-words.ts';
import { filePath } from './folder.ts';

type Written = PayoutFilesSummary['written'][number];
type Read = PayoutFilesSummary['read'][number];
type Refused = PayoutFilesSummary['refused'][number];

/** One line for each file, account and list; `directory` is the state's. */
export function filesInWords(directory: string, summary: PayoutFilesSummary): string[] {
  const { failed, lists, read, refused, unwritten, written } = summary;
  const lines = [
    ...written.map((each) => writtenInWords(directory, each)),
    ...unwritten.map(({ account, advice, code, file }) => {
      if (code === nothingWaits) return `${account}: no transfer waits.`;
      const which = file === undefined ? account : `${account}, ${file}`;
      return `${which}: not written, ${code}. ${advice}`;
    }),
    ...read.flatMap(readInWords),
    ...refused.map((each) => refusedInWords(directory, each)),
    ...lists.map(({ list, names }) => `${list} has ${names} names from now on.`),
    ...failed.map(({ what }) => `${what}: broke off; give the command again.`),
  ];
  return lines.length === 0 ? ['Nothing was there to read, and nothing was due.'] : lines;
}

/** Whether a person has to look: nothing that waits is no fault. */
export function hasFindings({ failed, refused, unwritten }: PayoutFilesSummary): boolean {
  return failed.length + refused.length > 0 || unwritten.some(({ code }) => code !== nothingWaits);
}

const nothingWaits = 'NOTHING_WAITS';

function writtenInWords(
  directory: string,
  { executionDate, file, total, transfers }: Written,
): string {
  const money = formatMoney('en', { ...total, amountMinor: BigInt(total.amountMinor) });
  const path = filePath(directory, 'bank/outgoing', file);
  const what = `${transfersInWords(transfers)}, ${money} in all`;
  return `${path}: ${what}, to be paid on ${executionDate}.`;
}

function transfersInWords(count: number): string {
  return count === 1 ? '1 transfer' : `${grouped(count)} transfers`;
}

const counted = [
  ['accepted', 'accepted'],
  ['rejected', 'rejected'],
  ['booked', 'booked'],
  ['returned', 'returned'],
  ['unbooked', 'announced and not booked'],
  ['unmatched', 'of no transfer of ours'],
] as const;

function readInWords(read: Read): string[] {
  const { again, conflicts, file, kind } = read;
  if (again === true) return [`${file}: was read before, and changed nothing.`];
  const counts = counted.flatMap(([name, words]) => {
    return read[name] === 0 ? [] : [`${read[name]} ${words}`];
  });
  const what = kind === 'report' ? 'status report' : 'statement';
  return [
    `${file}: ${what}, ${counts.join(', ') || 'nothing of ours in it'}.`,
    ...conflicts.map(({ reference, reason }) => `  ${reference}: ${reason}, a case is open.`),
  ];
}

function refusedInWords(directory: string, refused: Refused): string {
  const { advice, code, file, folder, line, path, stays } = refused;
  const lies =
    stays === true ? folder : folder === 'bank/incoming' ? 'bank/refused' : 'sanctions/refused';
  const place = [path, line === undefined ? undefined : `line ${line}`].filter((each) => each);
  const where = place.length === 0 ? '' : ` at ${place.join(', ')}`;
  return `${filePath(directory, lies, file)}: refused, ${code}${where}. ${advice}`;
}
