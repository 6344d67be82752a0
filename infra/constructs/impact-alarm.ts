import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

export interface AlarmText {
  /** What a member notices when this stays as it is. */
  impact: string;
  /** What the person on call does first. */
  action: string;
}

export interface ImpactAlarmProps extends AlarmText {
  metric: IMetric;
  /** The alarm rings at this value and above. */
  threshold: number;
  /** Periods of the metric in a row; 1 unless said otherwise. */
  periods?: number;
  target: IAlarmAction;
}

/** An alarm whose text says who is hurt and what to do, and that tells the on-call target. */
export function addImpactAlarm(scope: Construct, id: string, props: ImpactAlarmProps): Alarm {
  const alarm = new Alarm(scope, id, {
    metric: props.metric,
    threshold: props.threshold,
    evaluationPeriods: props.periods ?? 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: `Member impact: ${props.impact} Action: ${props.action}`,
  });
  alarm.addAlarmAction(props.target);
  return alarm;
}
