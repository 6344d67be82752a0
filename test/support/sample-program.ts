import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseProgram } from '../../shared/domain/program/parse.ts';
import type { Program } from '../../shared/domain/program/schema.ts';

const path = join(import.meta.dirname, '../../shared/programs/online-retail.json');

type Json = Record<string, unknown>;

/**
 * The plain part of the program that is shipped as a sample, as JSON: one language, and gift cards
 * of one provider at a price that needs no rate. A fresh copy each time, to be bent by a test.
 */
export function sampleProgramJson(): Json {
  const whole = JSON.parse(readFileSync(path, 'utf8'));
  const units = Object.entries<{ names: Json }>(whole.units);
  const plain = units.map(([unit, { names }]) => [unit, { names: { en: names.en } }]);
  const rewards: Json[] = whole.rewards.filter(({ kind }: Json) => kind === 'eGiftCard');
  return {
    ...without(whole, ['catalogue', 'brand', 'notifications']),
    languages: ['en'],
    units: Object.fromEntries(plain),
    rewards: rewards.map((reward) => without(reward, ['names', 'alternatives', 'promisedMinutes'])),
    redemption: without(whole.redemption, [
      ...['policies', 'limits', 'reviews', 'secondPersonFrom', 'cash', 'quoteMinutes'],
      'giveUpHours',
    ]),
  };
}

function without(json: Json, left: readonly string[]): Json {
  return Object.fromEntries(Object.entries(json).filter(([name]) => !left.includes(name)));
}

/** The plain sample program, with top-level parts replaced where a test needs others. */
export function sampleProgram(parts: Json = {}): Program {
  const read = parseProgram({ ...sampleProgramJson(), ...parts });
  if ('findings' in read) throw new Error(JSON.stringify(read.findings));
  return read.program;
}
