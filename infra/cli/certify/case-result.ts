import { textTable } from '../text-table.ts';

export interface CaseResult {
  readonly group: string;
  readonly title: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Why it failed, in words that hold nothing of a provider's. */
  readonly reason?: string;
}

/** There are cases, and each of them ran and passed. */
export function isCertified(results: readonly CaseResult[]): boolean {
  return results.length > 0 && results.every(({ status }) => status === 'passed');
}

/** A row for each group, then what did not pass, then the verdict. */
export function certificateText(name: string, results: readonly CaseResult[]): string {
  const groups = [...new Set(results.map(({ group }) => group))];
  const rows = [...groups.map((group) => [group, ...figuresOf(within(results, group))])];
  const failing = results.filter(({ status }) => status !== 'passed');
  return [
    ...textTable(['group', ...figures, ''], [...rows, ['all', ...figuresOf(results)]]),
    ...failing.map(({ group, title, status, reason }) => {
      return `  ${status}: ${group}: ${title}${reason === undefined ? '' : ` (${reason})`}`;
    }),
    verdictOf(name, results),
    '',
  ].join('\n');
}

const figures = ['cases', 'passed', 'failed', 'skipped'] as const;

function within(results: readonly CaseResult[], group: string): readonly CaseResult[] {
  return results.filter((result) => result.group === group);
}

function figuresOf(results: readonly CaseResult[]): readonly string[] {
  const count = (wanted: CaseResult['status']) =>
    String(results.filter(({ status }) => status === wanted).length);
  const verdict = isCertified(results) ? 'pass' : 'FAIL';
  return [String(results.length), count('passed'), count('failed'), count('skipped'), verdict];
}

function verdictOf(name: string, results: readonly CaseResult[]): string {
  if (results.length === 0) return `${name} is not certified: no case ran.`;
  return isCertified(results)
    ? `${name} is certified: all ${results.length} cases ran and passed.`
    : `${name} is not certified.`;
}
