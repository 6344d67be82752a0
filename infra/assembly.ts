import { App, Stage, Validations } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { AwsSolutionsChecks } from 'cdk-nag';
import type { RegionRow } from './regions.ts';
import type { FunctionName } from './stacks/functions.ts';
import { RegionStack } from './stacks/region-stack.ts';

export interface AppRequest {
  rows: readonly RegionRow[];
  codeOf: (name: FunctionName) => Code;
  /** Folder of the cloud assembly. */
  outdir: string;
  /** Run cdk-nag and CDK's own template rules over the result; synth throws on a finding. */
  checked: boolean;
}

/**
 * One Stage per row, each with one complete stack, checked by cdk-nag. The account stays open:
 * it is the one whose credentials deploy. Nothing is looked up.
 */
export function createApp({ rows, codeOf, outdir, checked }: AppRequest): App {
  const app = new App({
    analyticsReporting: false,
    builtinCloudFormationValidation: checked,
    context: { ...recommendedFlags },
    outdir,
  });
  if (checked) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  for (const row of rows) {
    const stage = new Stage(app, row.name, { env: { region: row.region } });
    new RegionStack(stage, 'guerdon', {
      row,
      codeOf,
      stackName: `guerdon-${row.stage}`,
      description: `Guerdon, ${row.stage} in ${row.region}: rewards fulfilment`,
      terminationProtection: row.stage === 'production',
    });
  }
  return app;
}
