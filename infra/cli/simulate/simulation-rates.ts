import { needsRates } from '../../../shared/domain/program/rates-needed.ts';
import type { Program } from '../../../shared/domain/program/schema.ts';
import { UsageError } from '../exit.ts';
import { readRatesAt } from '../fx/read-rates.ts';
import type { GivenRates } from '../replay/given-rates.ts';

/**
 * The rates that programs are simulated with. Throws a UsageError where a program needs rates and
 * none are given, or those of another source, or a file that cannot be used whole.
 */
export async function simulationRates(
  path: string | undefined,
  programs: readonly Program[],
): Promise<GivenRates | undefined> {
  const needing = programs.filter(needsRates);
  if (path === undefined) {
    const [first] = needing;
    if (first === undefined) return undefined;
    throw new UsageError(
      `${first.program} converts money: give the rates of its time, a file of rates, as --rates.`,
    );
  }
  const read = await readRatesAt(path);
  if (!read.ok) throw new UsageError(`${read.failure.where}: ${read.failure.sentence}`);
  const { source, days } = read.value;
  for (const { line, snapshot } of days) {
    const [currency] = snapshot.zeros;
    if (currency === undefined) continue;
    throw new UsageError(`${path}:${line} ${currency}: A rate is never zero. Correct the file.`);
  }
  for (const { program, money } of needing) {
    if (money.rateSource === source) continue;
    throw new UsageError(`${program} takes rates of ${money.rateSource}; ${path} has ${source}.`);
  }
  return { source, snapshots: days.map(({ snapshot }) => snapshot) };
}
