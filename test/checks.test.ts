import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

function check(command: string, ...args: string[]): string {
  const path = `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`;
  const { stdout, stderr, status } = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, PATH: path },
    encoding: 'utf8',
  });
  return status === 0 ? '' : `${stdout}\n${stderr}`;
}

it('type-checks', () => {
  expect(check('tsc', '--noEmit')).toBe('');
});

it('is formatted and free of lint', () => {
  expect(check('biome', 'ci', '.')).toBe('');
});
