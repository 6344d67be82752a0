import { describe, expect, it } from 'vitest';
import { voucherLineReader } from '../../../../../infra/cli/vouchers/voucher-line.ts';
import type { LocalDate } from '../../../../../shared/domain/time.ts';

const header = ['code', 'pin', 'expiresOn', 'website'];
const read = voucherLineReader({ header });

describe('a line of vouchers', () => {
  it('is a code with what belongs to it', () => {
    const line = read([' CODE 1 ', '0042', '2027-12-31', 'https://spa.example.test/a?b=c']);
    if (!line.ok) throw new Error(line.failure.code);
    const { code, pin, website, expiresOn } = line.value;
    expect([code, pin, website].map((it) => it?.reveal())).toEqual([
      ...['CODE 1', '0042', 'https://spa.example.test/a?b=c'],
    ]);
    expect(expiresOn).toBe('2027-12-31');
  });

  it('may be a code alone, and has the last day of the load then', () => {
    const expires = '2027-06-30' as LocalDate;
    const line = voucherLineReader({ header: ['code'], expires })(['A']);
    expect(line).toEqual({ ok: true, value: { code: expect.anything(), expiresOn: expires } });
    expect(read(['A', '', '', ''])).toEqual({ ok: true, value: { code: expect.anything() } });
    const dated = voucherLineReader({ header, expires })(['A', '', '2027-01-01', '']);
    expect(dated).toMatchObject({ value: { expiresOn: '2027-01-01' } });
  });

  it.each([
    ['FIELD_COUNT', '', ['A', '', '']],
    ['FIELD_COUNT', '', ['A', '', '', '', '']],
    ['CODE_MISSING', 'code', ['  ', '1', '', '']],
    ['VALUE_TOO_LONG', 'code', ['A'.repeat(257), '', '', '']],
    ['VALUE_TOO_LONG', 'pin', ['A', '1'.repeat(65), '', '']],
    ['VALUE_TOO_LONG', 'website', ['A', '', '', `https://a.test/${'a'.repeat(500)}`]],
    ['INVALID_ENCODING', 'code', ['A\uFFFD', '', '', '']],
    ['INVALID_TEXT', 'code', ['A\u0007B', '', '', '']],
    ['INVALID_TEXT', 'pin', ['A', '1\n2', '', '']],
    ['INVALID_DATE', 'expiresOn', ['A', '', '2027-02-29', '']],
    ['INVALID_DATE', 'expiresOn', ['A', '', '31.12.2027', '']],
    ['INVALID_WEBSITE', 'website', ['A', '', '', 'http://a.test']],
    ['INVALID_WEBSITE', 'website', ['A', '', '', 'javascript:alert(1)']],
    ['INVALID_WEBSITE', 'website', ['A', '', '', 'https://user:word@a.test']],
    ['INVALID_WEBSITE', 'website', ['A', '', '', 'spa.example.test']],
  ] as const)('is rejected: %s %s', (code, field, fields) => {
    expect(read(fields)).toEqual({ ok: false, failure: { code, field } });
  });
});
