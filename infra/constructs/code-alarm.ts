import { Duration } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type AlarmText, addImpactAlarm } from './impact-alarm.ts';
import type { ServiceFunction } from './service-function.ts';

export interface CodeAlarmProps extends AlarmText {
  /** Whose log is watched. */
  source: ServiceFunction;
  /** Codes of the log catalogue, any of which rings. */
  codes: readonly string[];
  alarmTarget: IAlarmAction;
}

/** Rings when a function logs one of some codes: no error of ours, and it wants somebody. */
export class CodeAlarm extends Construct {
  constructor(scope: Construct, id: string, props: CodeAlarmProps) {
    super(scope, id);
    const { source, codes, impact, action, alarmTarget } = props;
    const filter = new MetricFilter(this, 'Filter', {
      logGroup: source.lambda.logGroup,
      filterPattern: FilterPattern.any(
        ...codes.map((code) => FilterPattern.stringValue('$.code', '=', code)),
      ),
      metricNamespace: 'Guerdon',
      metricName: `${source.node.id}-${id}`,
      metricValue: '1',
    });
    addImpactAlarm(this, 'Alarm', {
      metric: filter.metric({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
      ...{ impact, action, target: alarmTarget },
    });
  }
}
