import { describe, expect, it } from 'vitest';
import { readEcbXml } from '../../../../../shared/adapters/rates/ecb-xml.ts';
import { ecbXml } from '../../../../support/rate-texts.ts';

const daily = ecbXml(['2026-04-13', { USD: '1.1684', JPY: '186.75', HUF: '366.90' }]);
const history = ecbXml(
  ['2026-04-13', { USD: '1.1684', HUF: '366.90' }],
  ['2026-04-10', { USD: '1.1711', HUF: '377.20' }],
  ['2025-12-31', { USD: '1.1750', BGN: '1.9558' }],
);

const fault = (text: string) => {
  const file = readEcbXml(text);
  return file.ok ? undefined : file.failure;
};

const read = (text: string) => {
  const file = readEcbXml(text);
  if (!file.ok) throw new Error(`${file.failure.line}: ${file.failure.message}`);
  return file.value.days.map(({ line, snapshot: { date, rates } }) => ({
    ...{ line, date },
    rates: Object.fromEntries(rates),
  }));
};

describe('the XML of the European Central Bank', () => {
  it('is read with its digits, of one day', () => {
    const rates = { USD: '1.1684', JPY: '186.75', HUF: '366.9' };
    expect(read(daily)).toEqual([{ line: 8, date: '2026-04-13', rates }]);
  });

  it('is read of many days, in its order', () => {
    expect(read(history)).toEqual([
      { line: 8, date: '2026-04-13', rates: { USD: '1.1684', HUF: '366.9' } },
      { line: 12, date: '2026-04-10', rates: { USD: '1.1711', HUF: '377.2' } },
      { line: 16, date: '2025-12-31', rates: { USD: '1.175', BGN: '1.9558' } },
    ]);
  });

  it('may have other quotation marks, comments, and line breaks of two characters', () => {
    const plain = read(history);
    expect(read(history.replaceAll("'", '"'))).toEqual(plain);
    expect(read(history.replaceAll('\n', '\r\n'))).toEqual(plain);
    expect(read(history.replace("<Cube time='2026-04-10'>", '$&<!-- x -->'))).toEqual(plain);
  });

  it('names the line of each rate that is zero, and gives it as no rate', () => {
    const file = readEcbXml(history.replace('377.20', '0'));
    const [, day] = file.ok ? file.value.days : [];
    expect(day?.snapshot.zeros).toEqual(['HUF']);
    expect(day?.zeroLines.get('HUF')).toBe(14);
    expect(day?.snapshot.rates.has('HUF')).toBe(false);
  });

  it('is refused wherever it is cut off', () => {
    const whole = daily.trimEnd();
    for (let length = 0; length < whole.length; length += 1) {
      expect(fault(whole.slice(0, length)), `after ${length} characters`).toBeDefined();
    }
    expect(fault(whole)).toBeUndefined();
  });

  it.each([
    ['another root', ['gesmes:Envelope', 'html'], 1, 'html'],
    ['a root without the namespace', ['eurofxref"', 'other"'], 2, 'xmlns'],
    ['no Cube at all', ['<Cube>', '<gesmes:Cube>'], 2, 'Cube'],
    ['a day within nothing', ["<Cube time='2026-04-10'>", '<Cube>'], 12, 'time'],
    ['a date twice', ["time='2026-04-10'", "time='2026-04-13'"], 12, '2026-04-13'],
    ['a date that does not exist', ['2026-04-10', '2026-02-30'], 12, 'time'],
    ['the date of the CSV', ['2026-04-10', '10 April 2026'], 12, 'time'],
    ['a code that is no currency', ["'HUF' rate='377.20'", "'XAU' rate='1'"], 14, 'XAU'],
    ['the base', ["'HUF' rate='377.20'", "'EUR' rate='1'"], 14, 'EUR'],
    ['a currency twice', ["'HUF' rate='377.20'", "'USD' rate='1'"], 14, 'USD'],
    ['a currency that has its successor', ["'HUF' rate='377.20'", "'HRK' rate='7.5'"], 14, 'HRK'],
    ['no currency', [" currency='HUF' rate='377.20'", " rate='377.20'"], 14, ''],
    ['no rate', [" rate='377.20'", ''], 14, 'HUF'],
    ['an empty rate', ['377.20', ''], 14, 'HUF'],
    ['not a number', ['377.20', 'NaN'], 14, 'HUF'],
    ['a negative rate', ['377.20', '-377.20'], 14, 'HUF'],
    ['an exponent', ['377.20', '3.772E2'], 14, 'HUF'],
    ['an attribute twice', ["rate='377.20'", "rate='377.20' rate='1'"], 14, undefined],
    ['an unknown attribute', ["rate='377.20'", "rate='377.20' spread='1'"], 14, 'spread'],
    ['an unknown element', ["<Cube currency='HUF'", "<Rate currency='HUF'"], 8, 'Rate'],
    ['text between', ["<Cube currency='HUF' rate='377.20'/>", 'x'], 12, '#text'],
    ['an entity', ['377.20', '377&#46;20'], 14, undefined],
    ['a mark that stands alone', ['377.20', '377<20'], 14, 'HUF'],
  ] as const)('refuses %s', (_, [from, to], line, field) => {
    const text = from === 'gesmes:Envelope' ? history.replaceAll(from, to) : history;
    const found = fault(from === '<Cube>' ? withoutCube : text.replace(from, to));
    expect(found).toMatchObject({ line, message: expect.stringMatching(/^[^\n]+\.$/) });
    expect(found?.field).toBe(field);
  });

  it.each([
    ['two outermost Cubes', history.replace('</gesmes:Envelope>', '<Cube><Cube/></Cube>$&')],
    ['a second root', `${history}<other/>`],
    ['words behind the end', `${history}and more`],
    ['a day without rates', ecbXml(['2026-04-13', {}])],
    ['no days', ecbXml()],
    ['a Cube in a rate', history.replace("rate='1.1684'/>", "rate='1.1684'><Cube/></Cube>")],
  ])('refuses %s', (_, text) => {
    expect(fault(text)).toBeDefined();
  });

  it('refuses document types and what they could bring along', () => {
    const laughs = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>';
    const text = history.replace('?>\n', `?>\n${laughs}\n`).replace('377.20', '&b;');
    expect(fault(text)).toMatchObject({ line: 2 });
    const outside = '<!doctype x SYSTEM "file:///etc/hostname">';
    expect(fault(history.replace('?>\n', `?>\n${outside}\n`))).toMatchObject({ line: 2 });
  });
});

const withoutCube = `${history.split('<Cube>')[0]}</gesmes:Envelope>\n`;
