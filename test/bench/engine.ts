// Events a second that the earning engine judges on one thread, against json-rules-engine with the
// same rules; and what further rules cost. The ratios are what counts: machines differ.
import { Engine } from 'json-rules-engine';
import { subjectOf } from '../../shared/domain/earning/event.ts';
import { judgeEvent } from '../../shared/domain/earning/judge.ts';
import { emptySnapshot, type MemberSnapshot } from '../../shared/domain/member/snapshot.ts';
import { type CompiledProgram, compileProgram } from '../../shared/domain/program/compiled.ts';
import { sinceEver } from '../../shared/domain/program/version.ts';
import { noRates } from '../../shared/domain/rates/rate-book.ts';
import { type BenchEvent, benchEvents } from './engine/events.ts';
import {
  type BenchRule,
  benchProgram,
  rulesOfOtherTypes,
  rulesOfSameType,
  twentyRules,
} from './engine/rules.ts';

const goals = { peer: 50, otherTypes: 1.5, sameType: 3 };
const allEvents = 1_000_000;
const peerEvents = 20_000;
/** Both run in turn, so that what else the machine does meets both. */
const slices = 20;
const comparedEvents = 50_000;
const comparedRounds = 7;
const chunk = 25_000;
const budgets = new Map<string, bigint>();
const noMembers = () => new Map<string, MemberSnapshot>();

/** Of this thread alone: what else the machine does counts for neither side. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Judges so many generated events; only the judging is timed. Milliseconds. */
function judgeMs(compiled: CompiledProgram, count: number, start = 0): number {
  let elapsedMs = 0;
  let awards = 0;
  for (let done = 0; done < count; done += chunk) {
    const events = benchEvents(start + done, Math.min(chunk, count - done));
    const began = cpuMs();
    for (const { event, now } of events) {
      const member = emptySnapshot(event.member);
      const subject = subjectOf(event);
      const judged = judgeEvent({
        ...{ compiled, event, subject, member, budgets, now, hash: event.id },
        rates: noRates,
        snapshots: noMembers,
      });
      if (!judged.ok || judged.value.kind !== 'decision')
        throw new Error('An event was not judged.');
      awards += judged.value.decision.awards.length;
    }
    elapsedMs += cpuMs() - began;
  }
  if (awards < count / 2) throw new Error(`Only ${awards} awards for ${count} events.`);
  return elapsedMs;
}

function peerWith(rules: readonly BenchRule[]): Engine {
  const engine = new Engine();
  for (const { id, conditions } of rules) {
    engine.addRule({ conditions: { all: [...conditions] }, event: { type: id } });
  }
  return engine;
}

/** The peer finds the same rules; it works out no points. Milliseconds. */
async function peerMs(engine: Engine, events: readonly BenchEvent[]): Promise<number> {
  const began = cpuMs();
  let found = 0;
  for (const { facts } of events) found += (await engine.run(facts)).events.length;
  const elapsedMs = cpuMs() - began;
  if (found < events.length / 2) throw new Error(`The peer found only ${found} rules.`);
  return elapsedMs;
}

function compiledWith(rules: readonly BenchRule[]): CompiledProgram {
  return compileProgram({ program: benchProgram(rules), from: sinceEver });
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

interface Rates {
  readonly engine: number;
  readonly peer: number;
}

/** Events a second of both, slice by slice. */
async function comparedRates(base: CompiledProgram): Promise<Rates[]> {
  const peer = peerWith(twentyRules);
  await peerMs(peer, benchEvents(0, 1000));
  const rates: Rates[] = [];
  const [mine, theirs] = [allEvents / slices, peerEvents / slices];
  for (let slice = 0; slice < slices; slice += 1) {
    const engineMs = judgeMs(base, mine, slice * mine);
    const otherMs = await peerMs(peer, benchEvents(slice * mine, theirs));
    rates.push({ engine: (mine / engineMs) * 1000, peer: (theirs / otherMs) * 1000 });
  }
  return rates;
}

/** How many times as long `other` takes as `base`: the median of rounds run in turn. */
function costRatio(base: CompiledProgram, other: CompiledProgram): number {
  const ratios = Array.from(
    { length: comparedRounds },
    () => judgeMs(other, comparedEvents) / judgeMs(base, comparedEvents),
  );
  return median(ratios);
}

async function main(): Promise<void> {
  const base = compiledWith(twentyRules);
  const otherTypes = compiledWith([...twentyRules, ...rulesOfOtherTypes(180)]);
  const sameType = compiledWith([...twentyRules, ...rulesOfSameType(180)]);
  for (const program of [base, otherTypes, sameType]) judgeMs(program, 2 * chunk);
  const rates = await comparedRates(base);
  const faster = median(rates.map(({ engine, peer }) => engine / peer));
  const unrelated = costRatio(base, otherTypes);
  const related = costRatio(base, sameType);
  const rows = [
    ['events a second', Math.round(median(rates.map(({ engine }) => engine))), ''],
    ['events a second, json-rules-engine', Math.round(median(rates.map(({ peer }) => peer))), ''],
    ['times as fast', faster.toFixed(1), `at least ${goals.peer}`],
    ['cost of 180 rules of other types', unrelated.toFixed(2), `at most ${goals.otherTypes}`],
    ['cost of 180 rules of the same type', related.toFixed(2), `at most ${goals.sameType}`],
  ];
  for (const [name, value, goal] of rows) console.log(`${name}: ${value} ${goal}`.trimEnd());
  const missed = faster < goals.peer || unrelated > goals.otherTypes || related > goals.sameType;
  if (missed) process.exitCode = 1;
}

await main();
