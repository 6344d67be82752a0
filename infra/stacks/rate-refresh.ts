import { Duration } from 'aws-cdk-lib';
import { type IAlarmAction, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { metricNamespace } from '../../shared/adapters/telemetry/metrics.ts';
import { addImpactAlarm } from '../constructs/impact-alarm.ts';
import type { ServiceFunction } from '../constructs/service-function.ts';
import { Timer } from '../constructs/timer.ts';
import type { RegionRow } from '../regions.ts';
import { functionSpec } from './functions.ts';

type Source = RegionRow['rates']['source'];

export interface RateRefreshProps {
  source: Source;
  refresh: ServiceFunction;
  alarmTarget: IAlarmAction;
}

/**
 * The European Central Bank publishes at about 16:00 of its working days, late once in a while. Of
 * Open Exchange Rates the day before is fetched, which is final soon after midnight.
 */
const times: Record<Source, { expression: string; timeZone: string }> = {
  ecb: { expression: 'cron(15 16,17,18,20,22 ? * MON-FRI *)', timeZone: 'Europe/Berlin' },
  openExchangeRates: { expression: 'cron(15 1,3,6 * * ? *)', timeZone: 'UTC' },
};

/**
 * Five days at most pass between two days of rates, over Easter, and programs refuse rates after
 * seven if they say nothing else.
 */
const alarmingAgeDays = 6;

/** Calls for the rates of the day, and tells when there are none that can be used. */
export class RateRefresh extends Construct {
  constructor(scope: Construct, id: string, props: RateRefreshProps) {
    super(scope, id);
    const { source, refresh: target, alarmTarget } = props;
    const { impact, action } = functionSpec('fx-refresh');
    new Timer(this, 'Refresh', {
      ...{ target, ...times[source], input: {}, impact, action, alarmTarget },
    });
    const metric = (metricName: string) =>
      new Metric({
        namespace: metricNamespace,
        metricName,
        dimensionsMap: { metric: 'rates', source },
        period: Duration.hours(1),
        statistic: 'Maximum',
      });
    addImpactAlarm(this, 'Age', {
      metric: metric('ageDays'),
      threshold: alarmingAgeDays,
      impact: 'in two days cashback in other currencies is refused, for its rates are too old.',
      action: 'read the log of fx-refresh; load the missing days with `guerdon fx load FILE`.',
      target: alarmTarget,
    });
    addImpactAlarm(this, 'Quarantine', {
      metric: metric('quarantined'),
      threshold: 1,
      impact: 'cashback in other currencies is converted at the rates of the day before.',
      action:
        'look at the rates with `guerdon fx quarantine`; let them be used with `guerdon fx ' +
        'release DATE`, or put them away with `guerdon fx dismiss DATE`.',
      target: alarmTarget,
    });
  }
}
