import { type Program, primaryUnit, programCurrencyOf } from '../../domain/program/schema.ts';
import type { MissingFigure } from '../../domain/tiers/projection.ts';
import type { MissingQuantity } from './notify-letter.ts';

/** What figures of a tier are of: points, money, or a number of something. */
export function missingOf(
  program: Program,
  figures: readonly MissingFigure[],
): readonly MissingQuantity[] {
  return figures.map(({ metric, missing, atLeast }) => {
    const unit = unitOf(program, metric);
    return { metric, missing, atLeast, ...(unit !== undefined && { unit }) };
  });
}

function unitOf(program: Program, id: string): string | undefined {
  const metric = program.metrics.find((each) => each.id === id);
  if (metric?.of === 'points') return metric.unit ?? primaryUnit(program);
  return metric?.of === 'amount' ? programCurrencyOf(program) : undefined;
}
