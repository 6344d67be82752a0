import { expect, it, onTestFinished, vi } from 'vitest';
import { RefusedLines } from '../../../../../infra/cli/run/refused-lines.ts';

it('says a sentence once for each code, and every line', () => {
  const told: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told.push(String(text).trimEnd());
    return true;
  });
  onTestFinished(() => write.mockRestore());
  const lines = new RefusedLines();
  lines.tell({ line: 1, id: 'a', code: 'UNKNOWN_REWARD', field: 'rewardId' });
  lines.tell({ line: 2, id: undefined, code: 'MALFORMED_JSON', field: undefined });
  lines.tell({ line: 3, id: 'c', code: 'UNKNOWN_REWARD', field: 'rewardId' });
  lines.tell({ line: 4, id: 'd', code: 'UNEXPECTED_ERROR', field: undefined });
  expect(told).toEqual([
    'UNKNOWN_REWARD: The program has no such reward.',
    '{"line":1,"id":"a","code":"UNKNOWN_REWARD","field":"rewardId"}',
    'MALFORMED_JSON: The text is not valid JSON. Send one JSON object.',
    '{"line":2,"id":null,"code":"MALFORMED_JSON","field":null}',
    '{"line":3,"id":"c","code":"UNKNOWN_REWARD","field":"rewardId"}',
    '{"line":4,"id":"d","code":"UNEXPECTED_ERROR","field":null}',
  ]);
});
