import { describe, expect, it } from 'vitest';
import { watchFloats } from '../../../../../shared/app/dispatch/watch-float.ts';
import { ProviderUnavailableError } from '../../../../../shared/ports/provider-unavailable.ts';
import { createWorld } from '../../../../support/world.ts';

const hourMs = 3_600_000;
const money = (amountMinor: bigint) => [{ amountMinor, currency: 'EUR' }];

function watched() {
  const world = createWorld();
  const told: unknown[] = [];
  const metrics = { float: (figures: unknown) => told.push(figures) };
  const read = async (amountMinor: bigint) => {
    world.provider.money = money(amountMinor);
    await watchFloats({ ...world.dependencies, metrics });
    world.clock.advance(hourMs);
  };
  const codes = () => world.logged.map((line) => line.split(' ')[0]);
  return { world, told, read, codes };
}

describe('the watch over floats', () => {
  it('warns when the money lasts for few days, with a figure for the alarm', async () => {
    const { read, told, codes } = watched();
    await read(1000n);
    await read(900n);
    expect(told).toEqual([{ provider: 'tremendous', currency: 'EUR', daysLeft: 9 }]);
    expect(codes()).toEqual([]);
    await read(500n);
    expect(codes()).toEqual(['FLOAT_LOW']);
  });

  it('says as long as there is none, and when there may be some again', async () => {
    const { world, read, codes } = watched();
    await read(100n);
    await world.dependencies.gate.outOfFunds('tremendous');
    await read(0n);
    await read(0n);
    await read(900n);
    const out = 'PROVIDER_OUT_OF_FUNDS';
    const told = codes().filter((code) => code !== 'FLOAT_LOW');
    expect(told).toEqual([out, out, out, 'FUNDS_BACK']);
  });

  it('leaves an account as it was that cannot be read', async () => {
    const { world, read, codes } = watched();
    await read(100n);
    world.provider.balances = async () => {
      throw new ProviderUnavailableError('tremendous');
    };
    await read(50n);
    expect(codes()).toEqual(['FLOAT_UNREADABLE']);
    expect(world.table.floats.get('tremendous')?.version).toBe(1);
  });
});
