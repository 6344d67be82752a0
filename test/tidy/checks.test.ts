import { describe, expect, it } from 'vitest';
import { checkCalls } from './calls.ts';
import { checkDirection } from './direction.ts';
import { withoutExceptions } from './exceptions.ts';
import { checkNames, checkPaths } from './names.ts';
import { checkPackages } from './packages.ts';
import { checkReachable } from './reachable.ts';
import { checkSizes } from './sizes.ts';
import { type Finding, formatFinding, parseFixture, parseSources } from './source.ts';
import { checkTests } from './testing.ts';
import { checkEscapes, checkWords } from './words.ts';

/** `line rule` of each finding, which is what these tests compare. */
function brief(findings: readonly Finding[]): string[] {
  return findings.map(({ line, rule }) => `${line} ${rule}`);
}

describe('direction', () => {
  const imports = (path: string, text: string) => brief(checkDirection(parseFixture(path, text)));

  it('keeps the domain to itself and its three packages', () => {
    const text = [
      "import * as z from 'zod/mini';",
      "import { x } from '../result.ts';",
      "import { accrue } from '../../app/accrue.ts';",
      "import { createHash } from 'node:crypto';",
      "export { DynamoDBClient } from '@aws-sdk/client-dynamodb';",
      "const late = await import('../../adapters/system.ts');",
      "import * as Now from 'temporal-polyfill/fns/Now';",
      "import { Temporal } from 'temporal-polyfill';",
    ].join('\n');
    expect(imports('shared/domain/points/lot.ts', text)).toEqual([
      '3 direction',
      '4 direction',
      '5 direction',
      '6 direction',
      '7 direction',
      '8 direction',
    ]);
  });

  it('lets ports see types and nothing that runs', () => {
    const text = "import type { A } from '../domain/a.ts';\nimport { b } from '../domain/a.ts';";
    expect(imports('shared/ports/clock.ts', text)).toEqual(['2 direction']);
  });

  it('lets adapters name what the app asks for, and not call it', () => {
    const text = "import type { A } from '../app/a.ts';\nimport { a } from '../app/a.ts';";
    expect(imports('shared/adapters/mail.ts', text)).toEqual(['2 direction']);
  });

  it('keeps functions and infra apart', () => {
    const text = "import { handler } from '../functions/accrue.ts';";
    expect(imports('infra/app.ts', text)).toEqual(['1 direction']);
    expect(imports('functions/accrue.ts', "import '../infra/app.ts';")).toEqual(['1 direction']);
    expect(imports('test/x.test.ts', "import '../functions/accrue.ts';")).toEqual([]);
  });
});

describe('sizes', () => {
  const sizes = (text: string) => brief(checkSizes(parseFixture('shared/domain/a.ts', text)));
  const body = (lines: number) => Array.from({ length: lines }, () => '  go();').join('\n');

  it('measures files by their last line', () => {
    expect(sizes('go();\n'.repeat(249))).toEqual([]);
    expect(sizes('go();\n'.repeat(250))).toEqual(['250 file-size']);
  });

  it('measures functions of every kind, and leaves out what stands before them', () => {
    expect(sizes(`\n/** Why. */\nfunction f() {\n${body(67)}\n}`)).toEqual([]);
    expect(sizes(`\nfunction f() {\n${body(68)}\n}`)).toEqual(['2 function-size']);
    expect(sizes(`const f = () => {\n${body(68)}\n};`)).toEqual(['1 function-size']);
    expect(sizes(`class A {\n  m() {\n${body(68)}\n  }\n}`)).toEqual(['2 function-size']);
    expect(sizes(`describe('a', () => {\n${body(68)}\n});`)).toEqual([]);
  });

  it('counts columns as a person sees them, and parameters', () => {
    expect(sizes(`'${'é'.repeat(97)}';`)).toEqual([]);
    expect(sizes(`'${'é'.repeat(98)}';`)).toEqual(['1 line-size']);
    expect(sizes('const f = (a, b, c, d) => a;')).toEqual([]);
    expect(sizes('const f = (a, b, c, d, e) => a;')).toEqual(['1 parameters']);
  });
});

describe('names', () => {
  it('wants kebab case and no index or vague file', () => {
    const paths = (path: string) => brief(checkPaths([{ path, text: '' }]));
    expect(paths('shared/domain/money.test.ts')).toEqual([]);
    expect(paths('functions/_runtime/compose.ts')).toEqual([]);
    expect(paths('shared/domain/moneyBag.ts')).toEqual(['1 kebab-case']);
    expect(paths('shared/Domain/money.ts')).toEqual(['1 kebab-case']);
    expect(paths('shared/domain/index.ts')).toEqual(['1 barrel']);
    expect(paths('test/helpers/clock.ts')).toEqual(['1 vague-name']);
    expect(paths('infra/utils.ts')).toEqual(['1 vague-name']);
  });

  it('wants declared names that say something', () => {
    const names = (text: string) => brief(checkNames(parseFixture('infra/a.ts', text)));
    expect(names("import { inspect } from 'node:util';\nconst text = inspect(1);")).toEqual([]);
    expect(names('const dateUtils = 1;')).toEqual(['1 vague-name']);
    expect(names('function helper() {}')).toEqual(['1 vague-name']);
    expect(names('interface IStore {}')).toEqual(['1 interface-prefix']);
    expect(names("export * from './a.ts';\nexport { b } from './b.ts';")).toEqual(['1 barrel']);
  });
});

describe('calls', () => {
  const calls = (path: string, text: string) => brief(checkCalls(parseFixture(path, text)));

  it('takes clock, chance, ids and settings from outside', () => {
    const banned = [
      'Date.now();',
      'new Date();',
      'Math.random();',
      'process.env.STAGE;',
      'crypto.randomUUID();',
      'randomUUID();',
      'Temporal.Now.instant();',
      'globalThis.performance.now();',
      "fetch('x');",
      "console.log('x');",
    ];
    for (const text of banned) {
      expect([text, calls('shared/app/a.ts', text)]).toEqual([text, ['1 banned-call']]);
    }
    expect(calls('shared/domain/time.ts', 'new Date(0); Date.UTC(2000, 0);')).toEqual([]);
    expect(calls('shared/domain/a.ts', "const text = 'Date.now()'; // Date.now()")).toEqual([]);
  });

  it('lets adapters read the clock and nobody shipped print', () => {
    expect(calls('shared/adapters/system.ts', 'Date.now();')).toEqual([]);
    expect(calls('functions/accrue.ts', 'console.error(1);')).toEqual(['1 banned-call']);
    expect(calls('infra/cli/main.ts', 'console.error(1);')).toEqual([]);
  });
});

describe('tests', () => {
  const tests = (text: string) => brief(checkTests(parseFixture('test/a.test.ts', text)));

  it('finds tests that stand alone or are left out', () => {
    for (const text of [
      "it.only('a', () => {});",
      "describe.skip('a', () => {});",
      "test.todo('a');",
      "it.each([1]).skip('a', () => {});",
      "it.skipIf(true)('a', () => {});",
      "xit('a', () => {});",
    ]) {
      expect([text, tests(text)]).toEqual([text, ['1 test']]);
    }
    expect(tests("it('skips what is only a word: it.only', () => {});")).toEqual([]);
  });

  it('finds assertions that nobody awaits', () => {
    expect(tests('expect(work()).rejects.toThrow();')).toEqual(['1 test']);
    expect(tests('expect(work()).resolves.not.toBe(1);')).toEqual(['1 test']);
    expect(tests('fc.assert(fc.asyncProperty(fc.nat(), work));')).toEqual(['1 test']);
    expect(tests('await expect(work()).rejects.toThrow();')).toEqual([]);
    expect(tests('const f = () => expect(work()).resolves.toBe(1);')).toEqual([]);
    expect(tests('await fc.assert(fc.asyncProperty(fc.nat(), work));')).toEqual([]);
    expect(tests('fc.assert(fc.property(fc.nat(), work));')).toEqual([]);
  });
});

describe('escapes and words', () => {
  it('finds silenced types and work put off', () => {
    const escapes = (text: string) => brief(checkEscapes(parseFixture('infra/a.ts', text)));
    expect(escapes('const a: any = 1;')).toEqual(['1 type-escape']);
    expect(escapes('go();\nconst a = b as any;')).toEqual(['2 type-escape']);
    expect(escapes('go();\n// @ts-ignore\nstop();')).toEqual(['2 type-escape']);
    expect(escapes('/*\n * TODO: more\n */')).toEqual(['2 unfinished']);
    expect(escapes("const a = '// TODO'; const b = /[/]\\/ TODO/; const any = 1;")).toEqual([]);
  });

  it('finds paths of one machine and the other spelling', () => {
    const words = (text: string) => brief(checkWords({ path: 'docs/a.md', text }));
    expect(words(`see ${['', 'home', 'ann', 'x'].join('/')}`)).toEqual(['1 machine-path']);
    expect(words(`\n"${['C:', 'Users', 'ann'].join('\\\\')}"`)).toEqual(['2 machine-path']);
    expect(words('https://example.com/home/ann is a page')).toEqual([]);
    expect(words(`one ${'program'}me more`)).toEqual(['1 spelling']);
    expect(words('a program, programmed by a programmer')).toEqual([]);
  });
});

describe('packages', () => {
  it('wants exact versions from the public registry', () => {
    const text = '{\n "dependencies": {\n "a": "1.2.3",\n "b": "^1.2.3"\n }\n}';
    expect(brief(checkPackages([{ path: 'package.json', text }]))).toEqual(['4 pinned']);
    const lock = '"resolved": "https://registry.npmjs.org/a"\n"resolved": "http://mirror/a"';
    const locked = checkPackages([{ path: 'package-lock.json', text: lock }]);
    expect(brief(locked)).toEqual(['2 registry']);
  });
});

describe('unused files', () => {
  it('follows imports and names from what is started', () => {
    const files = [
      { path: 'functions/accrue.ts', text: "import { a } from '../shared/app/a.ts';" },
      { path: 'shared/app/a.ts', text: "const b = join(here, 'b.mjs');" },
      { path: 'shared/app/b.mjs', text: '' },
      { path: 'shared/app/lonely.ts', text: "import './lonelier.ts';" },
      { path: 'shared/app/lonelier.ts', text: '' },
      { path: 'infra/bench.ts', text: '' },
      { path: 'package.json', text: '{"scripts":{"bench":"node infra/bench.ts"}}' },
    ];
    const unused = checkReachable(parseSources(files), files).map(({ path }) => path);
    expect(unused).toEqual(['shared/app/lonely.ts', 'shared/app/lonelier.ts']);
  });
});

describe('exceptions', () => {
  const finding = { rule: 'float', path: 'shared/domain/a.ts', line: 3, advice: 'Number(points)' };
  const excuse = { path: finding.path, rule: 'float', about: 'Number(', reason: 'on purpose' };

  it('excuse what they name and nothing else', () => {
    expect(withoutExceptions([finding], [excuse])).toEqual([]);
    const other = { ...finding, path: 'shared/domain/b.ts' };
    expect(withoutExceptions([finding, other], [excuse])).toEqual([other]);
  });

  it('do not outlive what they excuse', () => {
    expect(brief(withoutExceptions([], [excuse]))).toEqual(['1 idle-exception']);
  });

  it('print a finding as a place and what to do', () => {
    expect(formatFinding(finding)).toBe('shared/domain/a.ts:3  float: Number(points)');
  });
});
