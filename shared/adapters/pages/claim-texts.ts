import type { Language } from './language.ts';

export interface ClaimTexts {
  readonly direction: 'ltr' | 'rtl';
  readonly readyTitle: string;
  readonly ready: (reward: string) => string;
  readonly confirmHint: string;
  readonly confirmButton: string;
  readonly hereTitle: string;
  readonly codeLabel: string;
  readonly linkLabel: string;
  readonly openLink: string;
  readonly copyHint: string;
  readonly until: (day: string) => string;
  readonly keepHint: string;
  readonly invalidTitle: string;
  readonly invalid: string;
  readonly expiredTitle: string;
  readonly expired: string;
  readonly troubleTitle: string;
  readonly trouble: string;
}

const english: ClaimTexts = {
  direction: 'ltr',
  readyTitle: 'Your reward is ready',
  ready: (reward) => `${reward} is waiting for you.`,
  confirmHint: 'Press the button when nobody else can see your screen.',
  confirmButton: 'Show my reward',
  hereTitle: 'Here is your reward',
  codeLabel: 'Your code',
  linkLabel: 'Your link',
  openLink: 'Open your reward',
  copyHint: 'Select the text in the box to copy it.',
  until: (day) => `This page can be opened until ${day}.`,
  keepHint: 'Treat it like cash: whoever has it can spend it.',
  invalidTitle: 'There is nothing here',
  invalid: 'This link is not valid. Open it again from your mail and check that it is complete.',
  expiredTitle: 'This link has expired',
  expired: 'Please ask the program that sent it to you for a new one.',
  troubleTitle: 'That did not work',
  trouble: 'Your reward is safe. Please open the link again in a few minutes.',
};

export const claimTexts: Readonly<Record<Language, ClaimTexts>> = { en: english };
