import type { MemberCommand } from '../../domain/commands/command.ts';
import { programAt } from '../../domain/program/version.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { failure, type Result, success } from '../../domain/result.ts';
import type { Secret } from '../../domain/secret.ts';
import { type LocalDate, localDateAt } from '../../domain/time.ts';
import { openSurvey, readAnswers } from '../../domain/ways/survey.ts';
import type { Clock, Digest, Randomness } from '../../ports/runtime.ts';
import type { ProgramStore } from '../../ports/stores.ts';
import type { SurveyStore } from '../../ports/surveys.ts';
import type { BookingOutcome } from './book.ts';

/*
 * A survey pays each member once, and nobody who reads what is stored can tell who gave which
 * answers. The member's own device makes two secrets: a ticket and a receipt, 256 random bits each.
 *
 *   the member, known       asks with the hash of the ticket      "has had a ticket" | the hash
 *   somebody with a ticket  hands the answers in, and the hash    the answers, by day | the hash
 *                           of the receipt
 *   the member, known       claims the reward with the receipt    "spent"; then booked as usual
 */

export interface SurveyDependencies {
  readonly clock: Clock;
  readonly digest: Digest;
  readonly randomness: Randomness;
  readonly programs: ProgramStore;
  readonly surveys: SurveyStore;
  /** Books a command once by its source and id. */
  readonly book: (program: string, command: MemberCommand) => Promise<BookingOutcome>;
}

interface Named {
  readonly program: string;
  readonly survey: string;
}

/** SHA-256 as 64 hexadecimal digits. */
const hashText = /^[0-9a-f]{64}$/;

/**
 * Gives the member a ticket: puts down the hash that their device made. Sent again with the same
 * hash it succeeds again. Refusals: `UNKNOWN_PROGRAM`, `UNKNOWN_WAY`, `SURVEY_CLOSED`,
 * `FIELD_INVALID`, `SURVEY_TICKET_ISSUED`, `SURVEY_TICKET_INVALID` where the hash is taken.
 */
export async function askForTicket(
  dependencies: SurveyDependencies,
  asked: Named & { readonly member: string; readonly ticketHash: string },
): Promise<Result<undefined, Refusal>> {
  const open = await openDay(dependencies, asked);
  if (!open.ok) return open;
  if (!hashText.test(asked.ticketHash)) return failure(refusal('FIELD_INVALID', 'ticketHash'));
  const outcome = await dependencies.surveys.issue(asked);
  if (outcome === 'issued') return success(undefined);
  const code = outcome === 'exists' ? 'SURVEY_TICKET_ISSUED' : 'SURVEY_TICKET_INVALID';
  return failure(refusal(code, 'ticketHash'));
}

/**
 * Takes answers for a ticket, from nobody in particular: the caller must not say who is asking.
 * Refusals as above, `SURVEY_TICKET_INVALID` where the ticket is none or spent.
 */
export async function handInAnswers(
  dependencies: SurveyDependencies,
  handedIn: Named & {
    readonly ticket: Secret;
    readonly receiptHash: string;
    readonly answers: unknown;
  },
): Promise<Result<undefined, Refusal>> {
  const { program, survey, ticket, receiptHash } = handedIn;
  const { digest, randomness, surveys } = dependencies;
  const open = await openDay(dependencies, handedIn);
  if (!open.ok) return open;
  if (!hashText.test(receiptHash)) return failure(refusal('FIELD_INVALID', 'receiptHash'));
  const answers = readAnswers(handedIn.answers);
  if (answers === undefined) return failure(refusal('FIELD_INVALID', 'answers'));
  const ticketHash = digest.sha256Hex(ticket.reveal());
  const answer = { id: randomName(randomness), day: open.value, answers };
  const outcome = await surveys.handIn({ program, survey, ticketHash, receiptHash, answer });
  if (outcome === 'handedIn') return success(undefined);
  return failure(refusal('SURVEY_TICKET_INVALID', 'ticket'));
}

/**
 * Pays a member for a receipt, once per member and survey, also after the survey has closed. A
 * claim that broke off can be sent again. Refusal: `SURVEY_RECEIPT_INVALID`.
 */
export async function claimSurveyReward(
  dependencies: SurveyDependencies,
  claim: Named & { readonly member: string; readonly receipt: Secret },
): Promise<Result<undefined, Refusal>> {
  const { clock, digest, surveys, book } = dependencies;
  const { program, survey, member, receipt } = claim;
  const receiptHash = digest.sha256Hex(receipt.reveal());
  const claimHash = digest.sha256Hex(JSON.stringify([receipt.reveal(), member]));
  const outcome = await surveys.claim({ program, survey, member, receiptHash, claimHash });
  if (outcome === 'invalid') return failure(refusal('SURVEY_RECEIPT_INVALID', 'receipt'));
  const booked = await book(program, {
    ...{ id: JSON.stringify([survey, member]), source: surveySource, actor: surveySource },
    ...{ type: 'survey.paid', member, occurredAt: clock.now(), data: { survey } },
  });
  // A conflict is the same payment at another time: it stands.
  return booked.kind === 'refused' ? failure(booked.refusal) : success(undefined);
}

const surveySource = 'guerdon:surveys';

/** The day by the program's own calendar, where the survey is open. */
async function openDay(
  { clock, programs }: SurveyDependencies,
  { program: name, survey }: Named,
): Promise<Result<LocalDate, Refusal>> {
  const now = clock.now();
  const program = programAt(await programs.load(name), now);
  if (program === undefined) return failure(refusal('UNKNOWN_PROGRAM', 'program'));
  const day = localDateAt(now, program.timeZone);
  const open = openSurvey(program, survey, day);
  return open.ok ? success(day) : open;
}

/** 144 random bits: answers sort by nothing that tells when they came. */
function randomName({ next }: Randomness): string {
  const part = (): string =>
    Math.floor(next() * 2 ** 48)
      .toString(16)
      .padStart(12, '0');
  return part() + part() + part();
}
