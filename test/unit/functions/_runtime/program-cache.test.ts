import { expect, it } from 'vitest';
import { cachePrograms } from '../../../../functions/_runtime/program-cache.ts';
import { MemoryTable } from '../../../../shared/adapters/memory/memory-table.ts';
import { createMemoryProgramStore } from '../../../../shared/adapters/memory/program-store.ts';
import { sinceEver } from '../../../../shared/domain/program/version.ts';
import { sampleProgram } from '../../../support/sample-program.ts';
import { TestClock } from '../../../support/world.ts';

it('knows a new version after half a minute, and one of a new program at once', async () => {
  const clock = new TestClock('2026-06-15T12:00:00Z');
  const store = createMemoryProgramStore(new MemoryTable());
  const cached = cachePrograms(store, clock);
  const program = sampleProgram();
  const versions = async () => (await cached.load(program.program))?.length ?? 0;
  expect(await versions()).toBe(0);
  await cached.publish({ from: sinceEver, program });
  expect(await versions()).toBe(1);
  await store.publish({ from: clock.now(), program });
  clock.advance(29_999);
  expect(await versions()).toBe(1);
  clock.advance(1);
  expect(await versions()).toBe(2);
});
