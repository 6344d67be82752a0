import { describe, expect, it } from 'vitest';
import { checkCalls } from './tidy/calls.ts';
import { checkDirection } from './tidy/direction.ts';
import { withoutExceptions } from './tidy/exceptions.ts';
import { checkFloats } from './tidy/floats.ts';
import { checkNames, checkPaths } from './tidy/names.ts';
import { checkPackages } from './tidy/packages.ts';
import { checkReachable } from './tidy/reachable.ts';
import { checkSizes } from './tidy/sizes.ts';
import { type Finding, formatFinding, parseSources } from './tidy/source.ts';
import { checkTests } from './tidy/testing.ts';
import { readTree } from './tidy/tree.ts';
import { checkEscapes, checkWords } from './tidy/words.ts';

const files = readTree();
const sources = parseSources(files);

const checks: Readonly<Record<string, () => Finding[]>> = {
  'imports point inward': () => sources.flatMap(checkDirection),
  'files, functions and lines are short': () => sources.flatMap(checkSizes),
  'files are named in kebab case, and none is a barrel': () => checkPaths(files),
  'names say what a thing does': () => sources.flatMap(checkNames),
  'clock, chance and environment come through ports': () => sources.flatMap(checkCalls),
  'no float touches an amount': () => sources.flatMap(checkFloats),
  'every test runs and is awaited': () => sources.flatMap(checkTests),
  'types are not silenced and work is not put off': () => sources.flatMap(checkEscapes),
  'texts name no machine': () => files.flatMap(checkWords),
  'packages are pinned': () => checkPackages(files),
  'every code file is used': () => checkReachable(sources, files),
};

describe('house rules', () => {
  const found = Object.entries(checks).map(([name, check]) => [name, check()] as const);
  const kept = new Set(withoutExceptions(found.flatMap(([, findings]) => findings)));

  it.each(found)('%s', (_, findings) => {
    expect(findings.filter((finding) => kept.has(finding)).map(formatFinding)).toEqual([]);
  });

  it('every exception still excuses something', () => {
    const idle = [...kept].filter(({ rule }) => rule === 'idle-exception');
    expect(idle.map(formatFinding)).toEqual([]);
  });

  it('reads the whole project', () => {
    const folders = ['shared/domain/', 'shared/app/', 'infra/', 'test/'];
    for (const folder of folders) {
      expect(sources.some(({ path }) => path.startsWith(folder))).toBe(true);
    }
  });
});
