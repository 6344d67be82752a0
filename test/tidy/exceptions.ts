import type { Finding } from './source.ts';

interface Exception {
  readonly path: string;
  readonly rule: string;
  /** Words of the finding that it covers; absent: all findings of the rule in the file. */
  readonly about?: string;
  readonly reason: string;
}

/** The one list of exceptions to the house rules. One that excuses nothing is itself a finding. */
export const exceptions: readonly Exception[] = [
  {
    path: 'shared/domain/earning/event.ts',
    rule: 'float',
    about: 'Number(',
    reason:
      'EventBridge patterns compare JSON numbers; no bound of one is where numbers are inexact.',
  },
];

/** Findings that nothing excuses, and exceptions that excuse nothing any more. */
export function withoutExceptions(
  findings: readonly Finding[],
  excused: readonly Exception[] = exceptions,
): Finding[] {
  const covers = (exception: Exception, { path, rule, advice }: Finding) =>
    exception.path === path && exception.rule === rule && advice.includes(exception.about ?? '');
  const left = findings.filter((finding) => !excused.some((it) => covers(it, finding)));
  const idle = excused
    .filter((exception) => !findings.some((finding) => covers(exception, finding)))
    .map(({ path, rule }) => {
      const advice = `no ${rule} in it any more: take it out of test/tidy/exceptions.ts.`;
      return { rule: 'idle-exception', path, line: 1, advice };
    });
  return [...left, ...idle];
}
