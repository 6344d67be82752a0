import { describe, expect, it } from 'vitest';
import { parseProgram } from '../../../../../shared/domain/program/parse.ts';
import { sampleProgramJson } from '../../../../support/sample-program.ts';

function pointers(change: (program: Record<string, unknown>) => unknown): string[] {
  const program = sampleProgramJson();
  change(program);
  const read = parseProgram(program);
  return 'findings' in read ? read.findings.map(({ pointer }) => pointer) : [];
}

describe('a program', () => {
  it('that is shipped reads', () => {
    expect(parseProgram(sampleProgramJson())).toHaveProperty('program.program', 'online-retail');
  });

  it('is named with all that is wrong in it, by JSON pointer', () => {
    const found = pointers((program) => {
      Object.assign(program, { timeZone: 'Europe/Londn', currencies: ['GBP', 'XAU'], owner: 'x' });
    });
    expect(found).toEqual(expect.arrayContaining(['/timeZone', '/currencies/1', '/owner']));
    expect(parseProgram('text')).toHaveProperty('findings');
    expect(parseProgram(null)).toHaveProperty('findings');
  });

  it('names only rules, units and countries that it has', () => {
    const rules = (program: Record<string, unknown>) => program.earning as Record<string, unknown>;
    expect(
      pointers((program) => {
        const when = { type: ['order.returned'] };
        rules(program).returns = [{ id: 'a', when, rule: 'no-such-rule' }];
      }),
    ).toEqual(['/earning/returns/0/rule']);
    expect(
      pointers((program) => {
        program.units = { MILES: { names: { en: { other: 'miles' } } } };
      }),
    ).toEqual([
      ...['/earning/rules/0/award/unit', '/expiry/0/unit'],
      ...['/rewards/0/unit', '/rewards/1/unit', '/rewards/2/unit', '/units/MILES'],
    ]);
    expect(
      pointers((program) => {
        const [reward] = program.rewards as Record<string, unknown>[];
        program.rewards = [{ ...reward, countries: [] }];
      }),
    ).toEqual(['/rewards/0/countries']);
  });

  it('is named with every event pattern that nobody knows', () => {
    const unknown = { type: [{ 'no-such-matcher': 'x' }] };
    const found = pointers((program) => {
      const earning = program.earning as Record<string, Record<string, unknown>[]>;
      for (const part of ['rules', 'returns']) {
        const [first] = earning[part] ?? [];
        earning[part] = [...(earning[part] ?? []), { ...first, id: 'last', when: unknown }];
      }
    });
    const { rules, returns } = sampleProgramJson().earning as Record<string, unknown[]>;
    expect(found).toEqual([
      `/earning/returns/${returns?.length}/when/type/0`,
      `/earning/rules/${rules?.length}/when/type/0`,
    ]);
  });
});

it.each(['XX', 'ZZ', 'AN', 'gb', 'England'])('%s is no country of a program, said once', (code) => {
  const found = pointers((program) => {
    program.countries = ['GB', code, 'XK'];
    const [reward = {}] = program.rewards as Record<string, unknown>[];
    reward.countries = [code];
  });
  expect(found).toEqual(['/countries/1', '/rewards/0/countries/0']);
});
