import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { logSentences } from '../../../../../shared/adapters/telemetry/log-catalogue.ts';

const root = join(import.meta.dirname, '../../../../..');
const callPattern = /logger\s*\.(?:info|warn|error)\(\s*'([A-Z_]+)'/g;

function codesIn(folder: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(join(root, folder, file), 'utf8').matchAll(callPattern)])
    .map(([, code = '']) => code);
}

describe('the log catalogue', () => {
  it('has a sentence for every code that is logged', () => {
    const codes = new Set(['shared', 'functions'].flatMap(codesIn));
    expect(codes.size).toBeGreaterThan(0);
    expect([...codes].filter((code) => !Object.hasOwn(logSentences, code))).toEqual([]);
  });
});
