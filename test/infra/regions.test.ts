import { describe, expect, it } from 'vitest';
import { parseRegions, regions, selectRegions } from '../../infra/regions.ts';

const [first, second] = regions;
if (!first || !second) throw new Error('the region table is empty');

describe('the region table', () => {
  it('has three regions of production and the local row', () => {
    const places = regions.map(({ name, stage, region }) => [name, stage, region]);
    expect(places).toEqual([
      ['production-eu-west-1', 'production', 'eu-west-1'],
      ['production-us-east-1', 'production', 'us-east-1'],
      ['production-ap-southeast-1', 'production', 'ap-southeast-1'],
      ['local', 'local', 'eu-west-1'],
    ]);
  });

  it('refuses an unknown column', () => {
    expect(() => parseRegions([{ ...first, replicaOf: 'us-east-1' }])).toThrow('replicaOf');
  });

  it('refuses a missing column', () => {
    const { limits: _limits, ...rest } = first;
    expect(() => parseRegions([rest])).toThrow('limits');
  });

  it('refuses a source of rates that nobody knows', () => {
    expect(() => parseRegions([{ ...first, rates: { source: 'hearsay' } }])).toThrow('source');
  });

  it('refuses one region twice in a stage', () => {
    expect(() => parseRegions([first, { ...first, name: 'again', programs: [] }])).toThrow(
      'eu-west-1 of stage production stands twice',
    );
  });

  it('refuses a program with two homes in a stage', () => {
    const twice = { ...second, programs: first.programs };
    expect(() => parseRegions([first, twice])).toThrow('program online-retail');
  });

  it('refuses a sender outside of the verified domain', () => {
    const mail = { ...first.mail, from: 'someone@elsewhere.example' };
    expect(() => parseRegions([{ ...first, mail }])).toThrow('verified domain');
  });

  it('refuses a provider timeout that four calls cannot fit into dispatch', () => {
    const providers = first.providers.map((provider) => ({ ...provider, timeoutMs: 20_000 }));
    expect(() => parseRegions([{ ...first, providers }])).toThrow('timeoutMs');
  });

  it('refuses an issuer without TLS', () => {
    const jwt = { ...first.jwt, issuer: 'http://login.guerdon.example' };
    expect(() => parseRegions([{ ...first, jwt }])).toThrow('issuer');
  });
});

describe('GUERDON_STAGES', () => {
  it('means all rows where it is not set', () => {
    expect(selectRegions(undefined)).toEqual(regions);
    expect(selectRegions('')).toEqual(regions);
  });

  it('picks rows by name', () => {
    const names = selectRegions('local, production-us-east-1').map(({ name }) => name);
    expect(names).toEqual(['local', 'production-us-east-1']);
  });

  it('refuses a name that no row has', () => {
    expect(() => selectRegions('local,staging')).toThrow('GUERDON_STAGES names staging');
  });
});
