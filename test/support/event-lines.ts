import { writeFile } from 'node:fs/promises';

export interface EventLine {
  readonly id: string;
  readonly member: string;
  readonly type?: string;
  /** As a number, which producers may write too. */
  readonly amountMinor?: number;
  readonly currency?: string;
  readonly occurredAt?: string;
  readonly refersTo?: { readonly source: string; readonly id: string };
}

/** An event of the source `test` worth 10.00 GBP, unless the line says otherwise. */
export function eventLine(line: EventLine): Record<string, unknown> {
  return {
    source: 'test',
    type: 'order.placed',
    occurredAt: '2026-03-01T10:00:00Z',
    amountMinor: 1000,
    currency: 'GBP',
    ...line,
  };
}

export async function writeLines(path: string, lines: readonly unknown[]): Promise<void> {
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  await writeFile(path, `${texts.join('\n')}\n`);
}
