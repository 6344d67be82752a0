import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import type { CaseResult } from './case-result.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const config = join(root, 'test', 'vitest.config.ts');

const reportSchema = z.object({
  success: z.boolean(),
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(
        z.object({
          ancestorTitles: z.array(z.string()),
          title: z.string(),
          status: z.string(),
        }),
      ),
    }),
  ),
});

/** The cases of one provider's certification test, run by vitest in a process of its own. */
export async function runSuite(name: string): Promise<readonly CaseResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'guerdon-certify-'));
  try {
    const outputFile = join(folder, 'report.json');
    const file = `test/providers/${name}.test.ts`;
    const reporting = ['--reporter=json', `--outputFile=${outputFile}`];
    await ended([vitest, 'run', '--config', config, ...reporting, file]);
    return casesOf(await readReport(outputFile));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What it says on stdout is left unread: the report says all of it. */
function ended(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve());
  });
}

/** Without a report, as where there is no such test: nothing. */
async function readReport(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A file that broke off before its cases, or beside them, counts as a case that failed. */
export function casesOf(report: unknown): readonly CaseResult[] {
  const parsed = reportSchema.safeParse(report);
  if (!parsed.success) return [];
  const { success, testResults } = parsed.data;
  const cases = testResults.flatMap(({ assertionResults }) => assertionResults.map(caseOf));
  const isExplained = success || cases.some(({ status }) => status === 'failed');
  if (isExplained || testResults.length === 0) return cases;
  return [...cases, { group: 'suite', title: 'the test file runs to its end', status: 'failed' }];
}

const statuses: Readonly<Record<string, CaseResult['status']>> = {
  passed: 'passed',
  failed: 'failed',
};

function caseOf({
  ancestorTitles,
  title,
  status,
}: z.infer<typeof reportSchema>['testResults'][number]['assertionResults'][number]): CaseResult {
  const [suite = 'suite', group = suite] = ancestorTitles;
  return { group, title, status: statuses[status] ?? 'skipped' };
}
