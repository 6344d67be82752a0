import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const schema = fileURLToPath(new URL('../fixtures/bank/pain.001.001.09.xsd', import.meta.url));

/** What `xmllint` of Debian has against a pain.001 by the schema of the tests; empty: nothing. */
export function schemaFaults(xml: string): string {
  const options = ['--noout', '--nonet', '--schema', schema, '-'];
  const run = spawnSync('xmllint', options, { input: xml, encoding: 'utf8' });
  if (run.error !== undefined) throw run.error;
  return run.status === 0 ? '' : run.stderr || `xmllint left with ${run.status}.`;
}
