import { CommanderError } from 'commander';
import { beforeEach, expect, it, type MockInstance, vi } from 'vitest';
import { UsageError } from '../../../../infra/cli/exit.ts';
import { reportFailure } from '../../../../infra/cli/report-failure.ts';
import { LocalRuntimeError } from '../../../../infra/local/failure.ts';

let stderr: MockInstance;
beforeEach(() => {
  stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  return () => stderr.mockRestore();
});

it('is 2 and one sentence for what the caller can mend', () => {
  expect(reportFailure(new UsageError('No such file.'))).toBe(2);
  expect(reportFailure(new LocalRuntimeError('JAVA_MISSING', 'Install Java.'))).toBe(2);
  expect(stderr.mock.calls).toEqual([['No such file.\n'], ['Install Java.\n']]);
});

it('is 2 for bad arguments, and 0 where help was asked for', () => {
  expect(reportFailure(new CommanderError(1, 'commander.unknownOption', ''))).toBe(2);
  expect(reportFailure(new CommanderError(0, 'commander.help', ''))).toBe(0);
});

it('is 70, never 1, for anything else: a sentence and the stack', () => {
  expect(reportFailure(new TypeError('oops'))).toBe(70);
  expect(reportFailure('a text')).toBe(70);
  const told = stderr.mock.calls.join('');
  expect(told).toContain('Guerdon ended on an error');
  expect(told).toMatch(/TypeError: oops\n\s+at /);
});
