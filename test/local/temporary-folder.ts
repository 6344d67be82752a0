import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  return folderUntil(onTestFinished);
}

/** A folder that is gone when `end` calls back. */
export function folderUntil(end: (remove: () => void) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'guerdon-test-'));
  end(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
