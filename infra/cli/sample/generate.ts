import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleEventLines, sampleSeed } from './sample-events.ts';

/**
 * Writes the sample event file that `npm start` feeds; a test says when the checked-in one is
 * stale.
 */
export const samplePath = fileURLToPath(
  new URL('../../../shared/programs/samples/online-retail-sample.jsonl', import.meta.url),
);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lines = sampleEventLines(sampleSeed);
  mkdirSync(dirname(samplePath), { recursive: true });
  writeFileSync(samplePath, `${lines.join('\n')}\n`);
  process.stderr.write(`${lines.length} lines written to ${samplePath}.\n`);
}
