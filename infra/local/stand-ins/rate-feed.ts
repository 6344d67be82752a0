import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WireHandler, WireResponse } from './wire.ts';

/** In the state folder, and behind the origin of the stand-in. */
export const ratesFolder = 'rates';
const dailyRatesPath = `${ratesFolder}/eurofxref-daily.xml`;

const nothingPublished: WireResponse = { status: 204 };

/** Stands in for the European Central Bank: publishes the file that somebody has put there. */
export function rateFeed(stateDirectory: string | undefined): WireHandler {
  return async ({ method, path }) => {
    if (method !== 'GET' || path !== `/${dailyRatesPath}`) return { status: 404 };
    if (stateDirectory === undefined) return nothingPublished;
    try {
      const body = await readFile(join(stateDirectory, dailyRatesPath));
      return { status: 200, headers: { 'content-type': 'text/xml' }, body };
    } catch (error) {
      if (isAbsent(error)) return nothingPublished;
      throw error;
    }
  };
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
