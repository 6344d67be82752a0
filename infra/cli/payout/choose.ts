import { readFile } from 'node:fs/promises';
import { changePreferences } from '../../../shared/app/messages/preferences.ts';
import { chooseRail, type PayoutChoiceView } from '../../../shared/app/payouts/choose-rail.ts';
import { memberFieldCodes, preferencesBodySchema } from '../../../shared/contracts/members.ts';
import { readObject } from '../../../shared/contracts/object.ts';
import {
  payoutChoiceBodySchema,
  payoutChoiceFieldCodes,
} from '../../../shared/contracts/payout-choice.ts';
import type { Refusal } from '../../../shared/domain/refusal.ts';
import type { Result } from '../../../shared/domain/result.ts';
import type { Sealer } from '../../../shared/ports/sealing.ts';
import { UsageError } from '../exit.ts';
import { requireInputFile } from '../input-file.ts';
import { withStateSealer } from '../vouchers/sealing.ts';
import { type OpenedState, openState } from './opened-state.ts';

export interface ChoiceRequest {
  readonly member: string;
  readonly rail: string;
  readonly currency: string;
  readonly country?: string;
  /** `CHARITY:PERCENT`. */
  readonly donate?: string;
  /** A JSON file, as the API takes it. */
  readonly payee?: string;
  /** Where the member is told of payouts; kept instead of an earlier one. */
  readonly email?: string;
}

type Chosen = Result<PayoutChoiceView, Refusal>;

/** Keeps how a member wants to be paid, by the rules of the API. */
export async function chooseInState(
  directory: string,
  program: string | undefined,
  request: ChoiceRequest,
): Promise<Chosen> {
  const { rail, currency, country, donate, payee } = request;
  const body = {
    ...{ rail, currency },
    ...(country !== undefined && { country }),
    ...(donate !== undefined && { donation: readDonation(donate) }),
    ...(payee !== undefined && { payee: await readPayeeFile(payee) }),
  };
  return openState(directory, program, async (state) => {
    const clock = { now: () => state.clock };
    return withStateSealer(directory, clock, (sealer) => choose({ state, sealer }, request, body));
  });
}

interface Choosing {
  readonly state: OpenedState;
  readonly sealer: Sealer;
}

async function choose(
  { state, sealer }: Choosing,
  { member, email }: ChoiceRequest,
  given: object,
): Promise<Chosen> {
  const { table, program, clock: now } = state;
  const owner = { program: program.program, member };
  const dependencies = { ...table, sealer, clock: { now: () => now } };
  const body = readObject(payoutChoiceBodySchema, given, payoutChoiceFieldCodes);
  if (!body.ok) return body;
  const preferences = readObject(preferencesBodySchema, { email }, memberFieldCodes);
  if (!preferences.ok) return preferences;
  const chosen = await chooseRail(dependencies, owner, body.value);
  if (!chosen.ok || email === undefined) return chosen;
  const told = { ...dependencies, quotes: { save: noReward, unsave: noReward } };
  const changed = await changePreferences(told, owner, preferences.value);
  return changed.ok ? chosen : changed;
}

/** An address alone saves no reward. */
async function noReward(): Promise<void> {}

function readDonation(text: string) {
  const [, charity = '', percent = ''] = /^([^:]+):(\d{1,3})$/.exec(text) ?? [];
  if (charity === '') {
    throw new UsageError('--donate takes a charity and whole percent, such as food-banks:50.');
  }
  return { charity, percent: Number(percent) };
}

/** What is in it is never said. */
async function readPayeeFile(path: string): Promise<unknown> {
  await requireInputFile(path);
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    throw new UsageError(`${path} is no JSON.`);
  }
}
