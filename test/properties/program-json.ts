import { readBySchema } from '../../shared/domain/program/findings.ts';
import { parseProgram } from '../../shared/domain/program/parse.ts';
import { type Program, programSchema } from '../../shared/domain/program/schema.ts';
import { sampleProgramJson } from '../support/sample-program.ts';

export type Json = Readonly<Record<string, unknown>>;

/** One point a major unit. */
export const perMajor = {
  ...{ kind: 'perAmount', unit: 'PTS', points: 1 },
  ...{ perMajorUnits: 1, rounding: 'down' },
};
export const placed = { type: ['order.placed'] };

/** What a generated program may be of beside being valid: larger than one item. */
const aboutSize = /bytes/;

/**
 * The sample program with other parts, under its own checks. How large a balance may become is not
 * asked here: these programs count more than fits into an item.
 */
export function programOf(parts: Json): Program {
  const returns = [{ id: 'order-return', when: { type: ['order.returned'] }, rule: 'base' }];
  const { earning = {}, ...others } = parts as { readonly earning?: Json };
  const json = {
    ...sampleProgramJson(),
    eventTypes: ['order.placed', 'order.returned', 'trip.completed'],
    ...others,
    earning: { rules: [{ id: 'base', when: placed, award: perMajor }], returns, ...earning },
  };
  const parsed = parseProgram(json);
  if ('program' in parsed) return parsed.program;
  const real = parsed.findings.filter(({ message }) => !aboutSize.test(message));
  const read = readBySchema(programSchema, json);
  if (real.length > 0 || 'findings' in read) throw new Error(JSON.stringify(real));
  return read.value;
}
