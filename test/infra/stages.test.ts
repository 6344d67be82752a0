import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../infra/assembly.ts';
import { regions } from '../../infra/regions.ts';
import { scratch, stacksOf, stubCode, synthesize } from './synthesized.ts';

/** The CDK notes it from 400 resources on; how many there may be is a test of its own. */
const countsResources = (data: unknown) => /^Number of resources: \d+ is/.test(String(data));

describe('the app', () => {
  let assembly: ReturnType<typeof synthesize>;
  let stacks: ReturnType<typeof stacksOf>;
  beforeAll(() => {
    assembly = synthesize(regions, true);
    stacks = stacksOf(assembly);
  }, 180_000);

  it('makes one stage with one stack for each row', () => {
    expect([...stacks.keys()].toSorted()).toEqual(regions.map(({ name }) => name).toSorted());
    for (const { name, region } of regions) {
      expect(stacks.get(name)?.environment).toMatchObject({ region, account: 'unknown-account' });
    }
  });

  it('names no other region in the stack of a region', () => {
    for (const { name, region } of regions) {
      const text = JSON.stringify(stacks.get(name)?.template);
      const others = regions.filter((row) => row.region !== region);
      for (const other of others) expect(text, name).not.toContain(other.region);
      expect(text).not.toContain('Fn::ImportValue');
      expect(text).not.toContain('Fn::GetStackOutput');
    }
  });

  it('has no stack that waits for another', () => {
    for (const stack of stacks.values()) {
      const types = stack.dependencies.map(({ manifest }) => manifest.type);
      expect(types).not.toContain('aws:cloudformation:stack');
    }
  });

  it('looks nothing up', () => {
    expect(assembly.manifest.missing ?? []).toEqual([]);
    for (const { nestedAssembly } of assembly.nestedAssemblies) {
      expect(nestedAssembly.manifest.missing ?? []).toEqual([]);
    }
  });

  it('has no warning and no finding', () => {
    for (const { messages } of stacks.values()) {
      expect(messages.filter(({ entry }) => !countsResources(entry.data))).toEqual([]);
    }
    const report = join(assembly.directory, 'validation-report.json');
    // Only plug-ins with something to say are listed; that they run is shown further down.
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({ pluginReports: [] });
  });

  it('leaves room in each stack: CloudFormation takes 500 resources', () => {
    for (const { template } of stacks.values()) {
      expect(Object.keys(template.Resources).length).toBeLessThan(480);
    }
  });

  it('is the same in every region but for what the table says', () => {
    const shape = (name: string): string[] =>
      Object.values(stacks.get(name)?.template.Resources as Record<string, { Type: string }>)
        .map(({ Type }) => Type)
        .filter((type) => type !== 'AWS::SNS::Subscription')
        .toSorted();
    for (const { name } of regions) expect(shape(name)).toEqual(shape('local'));
  });

  it('protects production from being deleted', () => {
    for (const { name, stage } of regions) {
      expect(stacks.get(name)?.terminationProtection).toBe(stage === 'production');
    }
  });

  it('hands the same outputs over in each region', () => {
    const outputs = ['TableName', 'BusName', 'ApiUrl', 'AccrueQueueUrl', 'PagesBaseUrl'];
    outputs.push('JwtIssuer', 'JwtAudience', 'FilesBucketName');
    const accounts = [
      'Tremendous',
      'Runa',
      'Tango',
      'Reloadly',
      'Wise',
      'PaypalPayouts',
      'BankFile',
    ];
    for (const provider of [...accounts, 'VoucherPool', 'Charity']) {
      outputs.push(`Dispatch${provider}QueueUrl`);
    }
    for (const stack of stacks.values()) {
      expect(Object.keys(stack.template.Outputs).toSorted()).toEqual(outputs.toSorted());
    }
  });
});

describe('the checks', () => {
  it('stop a synthesis with a finding', () => {
    const outdir = join(scratch, 'careless');
    const app = createApp({ rows: [], codeOf: stubCode, outdir, checked: true });
    new Queue(new Stack(app, 'Careless'), 'Queue');
    expect(() => app.synth()).toThrow('AwsSolutions-SQS4');
  });
});
