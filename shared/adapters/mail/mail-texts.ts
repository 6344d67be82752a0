import type { Language, PluralNames } from '../pages/language.ts';

export interface MailTexts {
  readonly direction: 'ltr' | 'rtl';
  /** Where a program does not name its unit. */
  readonly pointNames: PluralNames;
  readonly readySubject: (program: string) => string;
  readonly ready: (reward: string) => string;
  readonly openButton: string;
  readonly until: (day: string) => string;
  readonly personal: string;
  readonly returnedSubject: (program: string) => string;
  readonly returned: (reward: string, points: string) => string;
  readonly tryAgain: string;
}

const english: MailTexts = {
  direction: 'ltr',
  pointNames: { one: 'point', other: 'points' },
  readySubject: (program) => `Your ${program} reward is ready`,
  ready: (reward) => `Your reward is ready: ${reward}.`,
  openButton: 'Open my reward',
  until: (day) => `The link works until ${day}.`,
  personal: 'Please keep this mail to yourself: whoever has the link can open the reward.',
  returnedSubject: (program) => `Your ${program} points came back`,
  returned: (reward, points) =>
    `We could not deliver your reward (${reward}). Back in your balance: ${points}.`,
  tryAgain: 'Nothing was lost. You can choose this or another reward whenever you like.',
};

export const mailTexts: Readonly<Record<Language, MailTexts>> = { en: english };
