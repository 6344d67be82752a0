import { type ItemKey, part } from './schema.ts';

function cataloguePartition(provider: string): string {
  return `K#${part(provider)}`;
}

export function catalogueStateKey(provider: string): ItemKey {
  return { pk: cataloguePartition(provider), sk: 'STATE' };
}

export function catalogueTextKey(provider: string, hash: string, number: number): ItemKey {
  const sk = `T#${hash}#${number.toString().padStart(3, '0')}`;
  return { pk: cataloguePartition(provider), sk };
}
