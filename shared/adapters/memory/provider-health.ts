import { addMs } from '../../domain/time.ts';
import type { ProviderHealthStore } from '../../ports/provider-health.ts';
import type { MemoryTable } from './memory-table.ts';

export function createMemoryProviderHealthStore(table: MemoryTable): ProviderHealthStore {
  const { breakers, floats, looks, turns } = table;
  return {
    async lease({ provider, at, spacingMs, wanted }) {
      const free = turns.get(provider) ?? at;
      const first = free > at ? free : at;
      turns.set(provider, addMs(first, wanted * spacingMs));
      return first;
    },
    async readBreaker(provider) {
      return breakers.get(provider);
    },
    async writeBreaker(provider, next) {
      return replace(breakers, provider, next);
    },
    async readFloat(provider) {
      return floats.get(provider);
    },
    async writeFloat(provider, next) {
      return replace(floats, provider, next);
    },
    async readLook(provider) {
      return looks.get(provider);
    },
    async writeLook(provider, next) {
      return replace(looks, provider, next);
    },
  };
}

function replace<Row extends { readonly version: number }>(
  rows: Map<string, Row>,
  provider: string,
  next: Row,
): 'done' | 'lost' {
  if ((rows.get(provider)?.version ?? 0) !== next.version - 1) return 'lost';
  rows.set(provider, next);
  return 'done';
}
