import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';

/**
 * The books of a stand-in as JSON lines: `keep` gets those that are there, and what comes back
 * writes one more, on disk before it is answered. Without a file nothing is kept. A line that a
 * kill cut short was never answered: it has not happened.
 */
export function openStateFile(
  stateFile: string | undefined,
  keep: (line: unknown) => void,
): (line: object) => void {
  if (stateFile === undefined) return () => undefined;
  if (existsSync(stateFile)) for (const line of wholeLines(stateFile)) keep(JSON.parse(line));
  return (line) => appendFileSync(stateFile, `${JSON.stringify(line)}\n`);
}

function wholeLines(stateFile: string): readonly string[] {
  const bytes = readFileSync(stateFile);
  const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
  if (whole.length < bytes.length) truncateSync(stateFile, whole.length);
  return whole.toString('utf8').split('\n').filter(Boolean);
}
