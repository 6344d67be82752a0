import * as z from 'zod/mini';
import { parseProgram } from '../../domain/program/schema.ts';
import { invariant } from '../../domain/result.ts';
import type { ProgramStore } from '../../ports/stores.ts';
import { parseImage, toImage } from './attributes.ts';
import { getItem, queryItems } from './item-read.ts';
import { putAlways } from './item-write.ts';
import { programKey, programNameKey, programNamesPartition } from './schema.ts';
import { metered, type Table } from './table.ts';

/*
 * Attribute of a program: j the program file as JSON, so that it reads back exactly as it was
 * checked.
 */

const programNameSchema = z.object({ sk: z.string() });
const programItemSchema = z.object({ j: z.string() });

export function createProgramStore(table: Table): ProgramStore {
  return {
    async load(program) {
      const image = await getItem(table, programKey(program));
      if (image === undefined) return undefined;
      const parsed = parseProgram(JSON.parse(parseImage(programItemSchema, image, 'program').j));
      invariant('program' in parsed, `The published program ${program} no longer fits its schema.`);
      return parsed.program;
    },

    async publish(program) {
      const item = toImage({ ...programKey(program.program), j: JSON.stringify(program) });
      const call = { operation: 'publish', count: 1 } as const;
      const named = toImage({ ...programNameKey(program.program) });
      await metered(table, call, async (bill) => {
        await putAlways(table, item, bill);
        await putAlways(table, named, bill);
      });
    },

    async *names() {
      for await (const image of queryItems(table, { pk: programNamesPartition })) {
        yield parseImage(programNameSchema, image, 'program name').sk;
      }
    },
  };
}
