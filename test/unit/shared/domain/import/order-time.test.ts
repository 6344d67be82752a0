import { expect, test } from 'vitest';
import { type TimeSpec, timeReader } from '../../../../../shared/domain/import/order-time.ts';

function reader(spec: Partial<TimeSpec>) {
  const full = { format: 'yyyy-MM-dd HH:mm:ss', zone: 'Europe/London', shiftYears: 0, ...spec };
  const read = timeReader(full);
  if (read === undefined) throw new Error(`${full.format} is no format`);
  return (text: string) => read(text)?.occurredAt;
}

test('a local time gets the offset of its zone and season', () => {
  const read = reader({});
  expect(read('2011-01-31 08:26:00')).toBe('2011-01-31T08:26:00+00:00');
  expect(read('2011-07-31 08:26:00')).toBe('2011-07-31T08:26:00+01:00');
});

test('a time that a clock change skips moves forward, one that it repeats is the earlier', () => {
  const read = reader({});
  expect(read('2011-03-27 01:30:00')).toBe('2011-03-27T02:30:00+01:00');
  expect(read('2011-10-30 01:30:00')).toBe('2011-10-30T01:30:00+01:00');
});

test('a date alone is the start of its day, even where midnight does not exist', () => {
  expect(reader({ format: 'yyyy-MM-dd', zone: 'UTC' })('1996-07-04')).toBe(
    '1996-07-04T00:00:00+00:00',
  );
  expect(reader({ format: 'yyyy-MM-dd', zone: 'America/Sao_Paulo' })('2018-11-04')).toBe(
    '2018-11-04T01:00:00-02:00',
  );
});

test('years are added to the local date before the zone is asked', () => {
  const read = reader({ format: 'd.M.yyyy H:mm', shiftYears: 25 });
  expect(read('1.7.1996 9:05')).toBe('2021-07-01T09:05:00+01:00');
  expect(read('29.2.1996 9:05')).toBe('2021-02-28T09:05:00+00:00');
});

test('iso values carry their own offset and are told in the zone', () => {
  const read = reader({ format: 'iso' });
  expect(read('2011-07-31T08:26:00+02:00')).toBe('2011-07-31T07:26:00+01:00');
  expect(read('2011-07-31T08:26:00')).toBeUndefined();
  expect(reader({ format: 'iso', shiftYears: 1 })('2011-07-31T08:26:00Z')).toBe(
    '2012-07-31T09:26:00+01:00',
  );
});

test('an offset with seconds, which ISO 8601 cannot write, becomes UTC', () => {
  expect(reader({ format: 'yyyy-MM-dd', zone: 'Africa/Monrovia' })('1971-06-01')).toBe(
    '1971-06-01T00:44:30Z',
  );
});

test.each(['2011-02-30 10:00:00', '2011-13-01 10:00:00', '2011-01-01 24:00:00', '2011-01-01', ''])(
  '%j does not exist or has another format, the second time too',
  (text) => {
    const read = reader({});
    expect(read(text)).toBeUndefined();
    expect(read(text)).toBeUndefined();
  },
);

test.each(['', 'HH:mm', 'yyyy-mm-dd', 'yyyy-MM-dd hh:mm', 'yyyy-MM-dd yyyy'])(
  '%j is no format',
  (format) => expect(timeReader({ format, zone: 'UTC', shiftYears: 0 })).toBeUndefined(),
);
