import { PassThrough } from 'node:stream';
import { expect, it, onTestFinished, vi } from 'vitest';
import { say } from '../../../../../infra/cli/exit.ts';
import { createProgress } from '../../../../../infra/cli/run/progress.ts';

/** Makes stderr look like a terminal, or not, and gathers what is written. */
function capture(isTTY: boolean): string[] {
  const told: string[] = [];
  const screen = Object.assign(new PassThrough(), {
    ...{ isTTY, columns: 80, cursorTo: () => true, clearLine: () => true },
  });
  screen.on('data', (chunk: Buffer) => told.push(chunk.toString()));
  const stderr = vi.spyOn(process, 'stderr', 'get').mockReturnValue(screen as never);
  onTestFinished(() => stderr.mockRestore());
  return told;
}

it('tells of tenths in a pipe', async () => {
  const told = capture(false);
  await createProgress(20).counted('Events sent', async (at) => {
    for (let count = 1; count <= 20; count += 1) at(count);
  });
  expect(told).toHaveLength(10);
  expect(told.at(-1)).toBe('Events sent: 20 of 20\n');
});

it('ends its bar on a terminal when the work fails, below all that was said', async () => {
  const told = capture(true);
  const listeners = process.listenerCount('SIGINT');
  const failing = createProgress(20).counted('Events sent', async (at) => {
    at(7);
    say('refused');
    expect(process.listenerCount('SIGINT')).toBe(listeners);
    throw new Error('cut short');
  });
  await expect(failing).rejects.toThrow('cut short');
  const screen = told.join('');
  expect(screen).toMatch(/refused\n.*7\/20.*\n$/);
  say('afterwards');
  expect(told.at(-1)).toBe('afterwards\n');
});
