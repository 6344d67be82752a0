import * as z from 'zod/mini';
import { payoutHindrances } from '../../domain/payout/decide.ts';
import { payeeKinds } from '../../domain/payout/payee-mask.ts';
import { invariant } from '../../domain/result.ts';
import type { KeptChoice, PayoutLine, PayoutRun, PayoutStore } from '../../ports/payouts.ts';
import { type Image, instantField, parseImage, toImage, wholeNumber } from './attributes.ts';
import { attributeAbsent, itemAbsent, itemPresent } from './condition.ts';
import { putVersion } from './contact-put.ts';
import { getItem, queryItems } from './item-read.ts';
import { putAlways, putOnCondition } from './item-write.ts';
import { membersBehind } from './member-list.ts';
import {
  payoutChoiceKey,
  payoutLineKey,
  payoutLinePartitions,
  payoutRunKey,
} from './payout-keys.ts';
import { metered, type Table } from './table.ts';
import type { Bill } from './table-client.ts';
import { Transaction } from './transact.ts';

/*
 * Attributes of a choice: rl rail, cu currency, co country, py sealed payee, pt kind of payee, pe
 * its ending, pc countries of the payee, ch charity, cp its percent, o chosen at, v version, w
 * write. Of a run: i run, a as of, by who asked, o started at, e ended at, t through, f failed. Of
 * a line: m member, u unit, n available, and either i payout, rl rail, and x where it is no order,
 * or s why it was skipped. Never k, by which a scan knows entries.
 */

const choiceSchema = z.object({
  rl: z.string(),
  cu: z.string(),
  co: z.string(),
  py: z.optional(z.string()),
  pt: z.optional(z.enum(payeeKinds)),
  pe: z.optional(z.string()),
  pc: z.optional(z.array(z.string())),
  ch: z.optional(z.string()),
  cp: z.optional(wholeNumber),
  o: instantField,
  v: wholeNumber,
});
const runSchema = z.object({
  i: z.string(),
  a: instantField,
  by: z.string(),
  o: instantField,
  e: z.optional(instantField),
  t: z.optional(z.string()),
  f: z.optional(z.array(z.string())),
});
const lineSchema = z.object({
  m: z.string(),
  u: z.string(),
  n: z.bigint(),
  i: z.optional(z.string()),
  rl: z.optional(z.string()),
  x: z.optional(z.literal('points')),
  s: z.optional(z.enum(payoutHindrances)),
});

export function createPayoutStore(table: Table): PayoutStore {
  return {
    async readChoice(owner) {
      const image = await getItem(table, payoutChoiceKey(owner));
      return image && choiceOf(owner, image);
    },
    async putChoice(choice) {
      const { rail, currency, country, sealedPayee, payeeMask, payeeCountries } = choice;
      const { donation, chosenAt, version } = choice;
      const fields = {
        ...payoutChoiceKey(choice),
        ...{ rl: rail, cu: currency, co: country, py: sealedPayee, o: chosenAt },
        ...{ pt: payeeMask?.kind, pe: payeeMask?.ending, pc: payeeCountries },
        ...{ ch: donation?.charity, cp: donation?.percent },
      };
      return putVersion(table, { fields, version });
    },
    removeChoice: (owner) =>
      metered(table, { operation: 'contact', count: 1 }, async (bill) => {
        const removal = new Transaction(table);
        await removal.delete('choice', payoutChoiceKey(owner), itemPresent).commit(bill);
      }),
    beginRun: (run) => beginRun(table, run),
    async endRun(run) {
      await metered(table, { operation: 'audit', count: 1 }, (bill) =>
        putAlways(table, encodeRun(run), bill),
      );
    },
    async keepProgress(run) {
      const put = { item: encodeRun(run), condition: attributeAbsent('e') };
      await metered(table, { operation: 'audit', count: 1 }, (bill) =>
        putOnCondition(table, put, bill),
      );
    },
    members: (program, after) => membersBehind(table, program, after),
    async readRun(program, run) {
      const image = await getItem(table, payoutRunKey(program, run));
      return image && runOf(program, image);
    },
    async putLine(line) {
      await metered(table, { operation: 'audit', count: 1 }, (bill) => putLine(table, line, bill));
    },
    async *lines(program, run) {
      for (const pk of payoutLinePartitions(program, run)) {
        for await (const image of queryItems(table, { pk })) yield lineOf({ program, run }, image);
      }
    },
  };
}

async function beginRun(table: Table, run: PayoutRun): Promise<PayoutRun> {
  return metered(table, { operation: 'audit', count: 1 }, async (bill) => {
    const put = { item: encodeRun(run), condition: itemAbsent };
    const outcome = await putOnCondition(table, put, bill);
    return outcome.kind === 'put' ? run : runOf(run.program, outcome.existing);
  });
}

function encodeRun({ program, run, asOf, requestedBy, startedAt, ...more }: PayoutRun): Image {
  const { endedAt, progress } = more;
  const fields = { i: run, a: asOf, by: requestedBy, o: startedAt, e: endedAt };
  const far = { t: progress?.through, f: progress?.failed };
  return toImage({ ...payoutRunKey(program, run), ...fields, ...far });
}

function runOf(program: string, image: Image): PayoutRun {
  const read = parseImage(runSchema, image, 'payout run');
  const { i: run, a: asOf, by, o: startedAt, e, t: through, f: failed = [] } = read;
  return {
    ...{ program, run, asOf, requestedBy: by, startedAt },
    ...(e === undefined ? { state: 'running' } : { state: 'done', endedAt: e }),
    ...(through !== undefined && { progress: { through, failed } }),
  };
}

async function putLine(table: Table, line: PayoutLine, bill: Bill): Promise<void> {
  const item = encodeLine(line);
  const isSkipped = line.outcome.kind === 'skipped';
  if (!isSkipped) await putAlways(table, item, bill);
  else await putOnCondition(table, { item, condition: attributeAbsent('i') }, bill);
}

function encodeLine(line: PayoutLine): Image {
  const { member, unit, available, outcome } = line;
  const made =
    outcome.kind === 'skipped'
      ? { s: outcome.reason }
      : { i: outcome.payout, rl: outcome.rail, x: kindOf(outcome.kind) };
  const fields = { m: member, u: unit, n: available.amountMinor, ...made };
  return toImage({ ...payoutLineKey(line), ...fields });
}

/** Of a payout it goes without saying. */
function kindOf(kind: 'payout' | 'points') {
  return kind === 'payout' ? undefined : kind;
}

function lineOf(of: Pick<PayoutLine, 'program' | 'run'>, image: Image): PayoutLine {
  const read = parseImage(lineSchema, image, 'payout line');
  const { m, u, n, i: payout, rl: rail, x: kind = 'payout', s: reason } = read;
  const line = { ...of, member: m, unit: u, available: { amountMinor: n, currency: u } };
  if (reason !== undefined) return { ...line, outcome: { kind: 'skipped', reason } };
  invariant(payout !== undefined && rail !== undefined, 'A line without a reason is a payout.');
  return { ...line, outcome: { kind, payout, rail } };
}

function choiceOf(owner: Pick<KeptChoice, 'program' | 'member'>, image: Image): KeptChoice {
  const read = parseImage(choiceSchema, image, 'payout choice');
  const { rl, cu, co, py, pt, pe = '', pc, ch, cp, o, v } = read;
  return {
    ...{ program: owner.program, member: owner.member },
    ...{ rail: rl, currency: cu, country: co, chosenAt: o, version: v },
    ...(py !== undefined && { sealedPayee: py }),
    ...(pt !== undefined && { payeeMask: { kind: pt, ending: pe } }),
    ...(pc !== undefined && { payeeCountries: pc }),
    ...(ch !== undefined && { donation: { charity: ch, percent: cp ?? 100 } }),
  };
}
