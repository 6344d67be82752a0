import type { PoolDiffers, PoolReport } from '../../../shared/app/catalogue/load-vouchers.ts';
import { productOfPool } from '../../../shared/domain/catalogue/voucher.ts';
import { formatMoney } from '../../../shared/domain/money/format.ts';
import type { VoucherPool } from '../../../shared/ports/vouchers.ts';
import { grouped } from '../import/count-words.ts';
import { textTable } from '../text-table.ts';
import type { RejectedLine, VoucherReport } from './load.ts';
import { rejectionSentences } from './voucher-line.ts';

const stockWords = {
  plenty: 'It has plenty.',
  low: 'It is low: load more codes.',
  empty: 'It is empty: load more codes.',
} as const;

export function reportInWords(report: VoucherReport): string {
  const { product, lines, added, known, rejected, stock } = report;
  const counts = [
    `${grouped(added)} codes added`,
    `${grouped(known)} known before`,
    `${grouped(rejected.length)} rejected`,
  ];
  return `${grouped(lines)} lines for ${product}: ${counts.join(', ')}. ${stockWords[stock]}`;
}

const fixedWords = { kind: 'kind', currency: 'currency', faceValueMinor: 'face value' } as const;

/** Of what a pool never changes: how it stands, and what can be done. */
export function differenceInWords(
  name: string,
  { code, field }: PoolDiffers,
  known: Pick<VoucherPool, PoolDiffers['field']> | undefined,
): string {
  const stands = known === undefined ? '' : ` (${known[field]})`;
  const kept = `the pool ${name} keeps its ${fixedWords[field]}${stands}`;
  const instead = 'Leave the option out, or name another pool.';
  return `${code}: ${field}: Nothing was loaded: ${kept}. ${instead}`;
}

/** Names line and column, and never what stands there. */
export function rejectionInWords(path: string, { line, code, field }: RejectedLine): string {
  const where = field === '' ? `${path}:${line}` : `${path}:${line} ${field}`;
  return `${code}: ${where}: ${rejectionSentences[code]}`;
}

export function poolsInWords(reports: readonly PoolReport[]): readonly string[] {
  if (reports.length === 0) return ['There are no pools.'];
  const columns = ['pool', 'kind', 'worth', 'free', 'taken', 'expired', 'stands'];
  const rows = reports.map(({ pool, counts, stock }) => {
    const { faceValueMinor: amountMinor, currency } = pool;
    const worth = amountMinor === 0n ? '-' : formatMoney('en', { amountMinor, currency });
    const { free, taken, expired } = counts;
    return [productOfPool(pool), pool.kind, worth, ...[free, taken, expired].map(grouped), stock];
  });
  return textTable(columns, rows);
}

export function poolJson({ pool, counts, stock }: PoolReport) {
  const { program, pool: name, kind, currency, faceValueMinor, countries, lowBelow } = pool;
  return {
    ...{ product: productOfPool(pool), program, pool: name, name: pool.name, kind, currency },
    ...{ faceValueMinor: faceValueMinor.toString(), countries, lowBelow },
    ...{ costBasisPoints: pool.costBasisPoints, ...counts, stock },
  };
}
