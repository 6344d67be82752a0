import { describe, expect, it } from 'vitest';
import { systemDigest } from '../../../../../shared/adapters/crypto.ts';
import { MemoryTable } from '../../../../../shared/adapters/memory/memory-table.ts';
import { createMemoryProgramStore } from '../../../../../shared/adapters/memory/program-store.ts';
import { createMemorySurveyStore } from '../../../../../shared/adapters/memory/survey-store.ts';
import {
  askForTicket,
  claimSurveyReward,
  handInAnswers,
  type SurveyDependencies,
} from '../../../../../shared/app/booking/surveys.ts';
import type { MemberCommand } from '../../../../../shared/domain/commands/command.ts';
import { sinceEver } from '../../../../../shared/domain/program/version.ts';
import { Secret } from '../../../../../shared/domain/secret.ts';
import { seededRandomness } from '../../../../faults/seeded-randomness.ts';
import { sampleProgram } from '../../../../support/sample-program.ts';
import { TestClock } from '../../../../support/world.ts';

const survey = 'yearly';
const program = 'online-retail';
const named = { program, survey };
const dayMs = 86_400_000;

function open() {
  const table = new MemoryTable();
  const surveys = [
    {
      ...{ id: survey, between: { from: '2026-06-01', to: '2026-07-01' } },
      reward: { points: { unit: 'PTS', amount: 75 } },
    },
  ];
  table.programs.set(program, [{ from: sinceEver, program: sampleProgram({ surveys }) }]);
  const clock = new TestClock('2026-06-15T12:00:00Z');
  const commands: MemberCommand[] = [];
  let failing = 0;
  const dependencies: SurveyDependencies = {
    clock,
    digest: systemDigest,
    randomness: seededRandomness(1),
    programs: createMemoryProgramStore(table),
    surveys: createMemorySurveyStore(table),
    book: async (_, command) => {
      if (failing > 0) {
        failing -= 1;
        throw new Error('The table is away.');
      }
      const known = commands.some(
        ({ id, source }) => id === command.id && source === command.source,
      );
      if (!known) commands.push(command);
      return { kind: known ? 'conflict' : 'duplicate' };
    },
  };
  const failNext = () => {
    failing += 1;
  };
  return { table, clock, commands, dependencies, failNext };
}

type World = ReturnType<typeof open>;

const ticketOf = (member: string) => new Secret(`ticket of ${member}`);
const receiptOf = (member: string) => new Secret(`receipt of ${member}`);
const hashOf = (secret: Secret) => systemDigest.sha256Hex(secret.reveal());

const ask = ({ dependencies }: World, member: string) =>
  askForTicket(dependencies, { ...named, member, ticketHash: hashOf(ticketOf(member)) });

const handIn = ({ dependencies }: World, member: string, answers: unknown = { mood: 'good' }) =>
  handInAnswers(dependencies, {
    ...{ ...named, ticket: ticketOf(member), receiptHash: hashOf(receiptOf(member)), answers },
  });

const claim = ({ dependencies }: World, member: string, receipt = receiptOf(member)) =>
  claimSurveyReward(dependencies, { ...named, member, receipt });

const done = { ok: true, value: undefined };
const refused = (code: string) => ({ ok: false, failure: { code } });

describe('a survey', () => {
  it('pays a member once, and its answers name nobody', async () => {
    const world = open();
    for (const member of ['ann', 'ben']) {
      expect(await ask(world, member)).toEqual(done);
      expect(await handIn(world, member, { mood: `of ${member.length}` })).toEqual(done);
      expect(await claim(world, member)).toEqual(done);
      expect(await claim(world, member)).toEqual(done);
    }
    expect(world.commands.map(({ member, type, data }) => [member, type, data])).toEqual([
      ['ann', 'survey.paid', { survey }],
      ['ben', 'survey.paid', { survey }],
    ]);
    for (const item of world.table.surveys) {
      const text = JSON.stringify(item);
      const parts = [/\bann\b|\bben\b/, /mood/, /"R\\*"/, /"T\\*"/];
      expect(parts.filter((part) => part.test(text)).length).toBeLessThanOrEqual(1);
    }
  });

  it('pays again nobody, with whatever receipt', async () => {
    const world = open();
    for (const member of ['ann', 'ben']) {
      await ask(world, member);
      await handIn(world, member);
    }
    expect(await claim(world, 'ann')).toEqual(done);
    expect(await claim(world, 'ben', receiptOf('ann'))).toMatchObject(
      refused('SURVEY_RECEIPT_INVALID'),
    );
    expect(await claim(world, 'eve', receiptOf('ben'))).toMatchObject(
      refused('SURVEY_RECEIPT_INVALID'),
    );
    await claim(world, 'ann', receiptOf('ben'));
    expect(world.commands).toHaveLength(1);
  });

  it('pays in the end where the booking broke off, also after it has closed', async () => {
    const world = open();
    await ask(world, 'ann');
    await handIn(world, 'ann');
    world.failNext();
    await expect(claim(world, 'ann')).rejects.toThrow('away');
    world.clock.advance(60 * dayMs);
    expect(await claim(world, 'ann')).toEqual(done);
    expect(world.commands).toHaveLength(1);
  });

  it('gives one ticket, in its time', async () => {
    const world = open();
    await ask(world, 'ann');
    expect(await ask(world, 'ann')).toEqual(done);
    const another = { ...named, member: 'ann', ticketHash: hashOf(ticketOf('x')) };
    expect(await askForTicket(world.dependencies, another)).toMatchObject(
      refused('SURVEY_TICKET_ISSUED'),
    );
    const plain = { ...another, member: 'ben', ticketHash: 'ticket' };
    expect(await askForTicket(world.dependencies, plain)).toMatchObject(refused('FIELD_INVALID'));
    const taken = { ...another, member: 'ben', ticketHash: hashOf(ticketOf('ann')) };
    expect(await askForTicket(world.dependencies, taken)).toMatchObject(
      refused('SURVEY_TICKET_INVALID'),
    );
    world.clock.advance(20 * dayMs);
    expect(await ask(world, 'ben')).toMatchObject(refused('SURVEY_CLOSED'));
    expect(await handIn(world, 'ann')).toMatchObject(refused('SURVEY_CLOSED'));
  });

  it.each([
    ['a text', 'good'],
    ['a list', [{ mood: 'good' }]],
    ['a fraction', { mood: 0.5 }],
    ['a map in it', { mood: { at: 'noon' } }],
    ['a book', { mood: 'x'.repeat(2001) }],
    [
      'a library',
      Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`q${n}`, 'x'.repeat(1500)])),
    ],
  ])('refuses answers that are %s', async (_, answers) => {
    const world = open();
    await ask(world, 'ann');
    expect(await handIn(world, 'ann', answers)).toMatchObject(refused('FIELD_INVALID'));
    expect(await handIn(world, 'ann', { mood: 'good', stars: 5, again: true })).toEqual(done);
  });

  it('is refused by name', async () => {
    const { dependencies } = open();
    const asked = { program, survey: 'none', member: 'ann', ticketHash: hashOf(ticketOf('ann')) };
    expect(await askForTicket(dependencies, asked)).toMatchObject(refused('UNKNOWN_WAY'));
    const other = { ...asked, program: 'none' };
    expect(await askForTicket(dependencies, other)).toMatchObject(refused('UNKNOWN_PROGRAM'));
    const nobody = open();
    expect(await handIn(nobody, 'ann')).toMatchObject(refused('SURVEY_TICKET_INVALID'));
  });
});
