import { describe, expect, it } from 'vitest';
import { regions, sells } from '../../infra/regions.ts';
import { usualStaleDays } from '../../shared/domain/rates/rate-book.ts';
import { type Resource, RowTemplate, referencesIn } from './synthesized.ts';

const [production] = regions;
if (!production) throw new Error('rows are missing');
const template = new RowTemplate(production);
const alarms = [...template.all('AWS::CloudWatch::Alarm').values()];

function schedulesOf(of: RowTemplate, name: string): Resource['Properties'][] {
  const schedules = [...of.all('AWS::Scheduler::Schedule').values()];
  const id = of.functionId(name);
  return schedules.flatMap(({ Properties }) => {
    const { Arn } = Properties.Target as { Arn: unknown };
    return referencesIn(Arn).includes(id) ? [Properties] : [];
  });
}

describe('schedules', () => {
  it('call sweep for returns that wait and for what the calendar brings', () => {
    const calls = schedulesOf(template, 'sweep').map(({ ScheduleExpression, Target }) => {
      return [JSON.parse((Target as { Input: string }).Input).task, ScheduleExpression];
    });
    expect(Object.fromEntries(calls)).toEqual({
      'follow-ups': 'rate(15 minutes)',
      due: 'rate(6 hours)',
    });
  });

  it('call for exchange rates when their source has published, in its own zone', () => {
    const shown = ({ ScheduleExpression, ScheduleExpressionTimezone }: Resource['Properties']) => [
      ScheduleExpression,
      ScheduleExpressionTimezone,
    ];
    expect(schedulesOf(template, 'fx-refresh').map(shown)).toEqual([
      ['cron(15 16,17,18,20,22 ? * MON-FRI *)', 'Europe/Berlin'],
    ]);
    const other = new RowTemplate({ ...production, rates: { source: 'openExchangeRates' } });
    expect(schedulesOf(other, 'fx-refresh').map(shown)).toEqual([
      ['cron(15 1,3,6 * * ? *)', 'UTC'],
    ]);
  });

  it('read every catalogue each hour, and what the accounts hold more often', () => {
    const calls = schedulesOf(template, 'catalogue-sync').map(({ ScheduleExpression, Target }) => {
      return [JSON.parse((Target as { Input: string }).Input).provider, ScheduleExpression];
    });
    const names = production.providers.filter(sells).map(({ name }) => [name, 'rate(1 hour)']);
    expect(Object.fromEntries(calls)).toEqual(Object.fromEntries(names));
    const [floats, ...others] = schedulesOf(template, 'float-watch');
    expect(floats?.ScheduleExpression).toBe('rate(10 minutes)');
    expect(others).toEqual([]);
  });

  it('ask each hour whether a program pays out, for days begin when they do in its zone', () => {
    const calls = schedulesOf(template, 'payout-run').map(({ ScheduleExpression, Target }) => {
      return [ScheduleExpression, JSON.parse((Target as { Input: string }).Input)];
    });
    expect(calls).toEqual([['rate(1 hour)', { task: 'due' }]]);
    const files = schedulesOf(template, 'payout-files').map(({ ScheduleExpression, Target }) => {
      return [ScheduleExpression, JSON.parse((Target as { Input: string }).Input)];
    });
    expect(files).toEqual([['rate(1 hour)', { task: 'exchange' }]]);
  });

  it('call nobody else', () => {
    const all = [...template.all('AWS::Scheduler::Schedule').values()];
    expect(all).toHaveLength(6 + production.providers.filter(sells).length);
  });
});

describe('exchange rates', () => {
  const figuresOf = (name: string) => {
    const found = alarms.filter(({ Properties }) => Properties.MetricName === name);
    expect(found).toHaveLength(1);
    return found[0]?.Properties ?? {};
  };

  it('ring two days before they are too old for programs that say nothing else', () => {
    expect(figuresOf('ageDays')).toMatchObject({
      Namespace: 'Guerdon',
      Statistic: 'Maximum',
      Threshold: usualStaleDays - 1,
      Dimensions: [
        { Name: 'metric', Value: 'rates' },
        { Name: 'source', Value: 'ecb' },
      ],
    });
  });

  it('ring when some are in quarantine, and say how they get out', () => {
    const { Threshold, AlarmDescription } = figuresOf('quarantined');
    expect(Threshold).toBe(1);
    expect(AlarmDescription).toContain('guerdon fx release DATE');
    expect(AlarmDescription).toContain('guerdon fx dismiss DATE');
  });

  it('ring when every try of one run has failed', () => {
    const id = template.functionId('fx-refresh');
    const errors = alarms.find(
      ({ Properties }) =>
        Properties.MetricName === 'Errors' && referencesIn(Properties.Dimensions).includes(id),
    );
    expect(errors?.Properties).toMatchObject({ Threshold: 3, Period: 900 });
  });
});
