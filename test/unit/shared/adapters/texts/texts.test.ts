import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { chooseTexts } from '../../../../../shared/adapters/texts/choose-texts.ts';
import { claimTexts } from '../../../../../shared/adapters/texts/claim-texts.ts';
import { type Message, parseMessage } from '../../../../../shared/adapters/texts/icu.ts';
import { mailTexts } from '../../../../../shared/adapters/texts/mail-texts.ts';
import { pageTexts } from '../../../../../shared/adapters/texts/page-texts.ts';
import { payoutChoiceTexts } from '../../../../../shared/adapters/texts/payout-choice-texts.ts';
import { payoutTexts } from '../../../../../shared/adapters/texts/payout-texts.ts';
import { say } from '../../../../../shared/adapters/texts/say.ts';
import { statementTexts } from '../../../../../shared/adapters/texts/statement-texts.ts';
import { entryKinds } from '../../../../../shared/domain/ledger/entry.ts';
import { type Language, writtenLanguages } from '../../../../../shared/domain/message/language.ts';
import { messageKinds } from '../../../../../shared/domain/program/schema/messages.ts';
import { redemptionStatuses } from '../../../../../shared/domain/redemption/status.ts';

const catalogues = {
  ...{ mail: mailTexts, pages: pageTexts, claim: claimTexts },
  ...{ choose: chooseTexts, statement: statementTexts, payout: payoutTexts },
  payoutChoice: payoutChoiceTexts,
};

const all = writtenLanguages.flatMap((language) =>
  Object.entries(catalogues).flatMap(([catalogue, texts]) =>
    Object.entries(texts[language]).map(([key, text]) => ({ language, catalogue, key, text })),
  ),
);
const english = new Map(
  all.filter(({ language }) => language === 'en').map((each) => [idOf(each), each.text]),
);

function idOf({ catalogue, key }: { readonly catalogue: string; readonly key: string }): string {
  return `${catalogue}.${key}`;
}

/** What a text puts in, whichever of its forms. */
function argumentsOf(text: string): string[] {
  return [...new Set(namesIn(parseMessage(text)))].sort();
}

function namesIn(message: Message): string[] {
  return message.flatMap((piece) => {
    if (typeof piece === 'string') return [];
    const forms = piece.kind === 'plural' ? [...piece.forms.values()] : [];
    return [piece.name, ...forms.flatMap(namesIn)];
  });
}

function pluralForms(text: string): string[] {
  return [...text.matchAll(/\b(zero|one|two|few|many|other) \{/g)].map(([, form]) => form ?? '');
}

/** Whole numbers that between them fall into every category of the nine languages. */
const counts = [0, 1, 2, 3, 5, 11, 12, 22, 100, 101, 103, 1_000, 1_000_000];

describe('texts', () => {
  it('have the same keys and put in the same things in each language', () => {
    for (const language of writtenLanguages) {
      const own = all.filter((each) => each.language === language);
      expect(own.map(idOf)).toEqual([...english.keys()]);
      for (const each of own) {
        const expected = argumentsOf(english.get(idOf(each)) ?? '');
        expect([idOf(each), language, ...argumentsOf(each.text)]).toEqual([
          ...[idOf(each), language, ...expected],
        ]);
      }
    }
  });

  it('are translated', () => {
    const same = all.filter(({ language, text, ...each }) => {
      return language !== 'en' && text === english.get(idOf(each)) && /[a-z]{3} [a-z]/i.test(text);
    });
    expect(same).toEqual([]);
  });

  it('have a form for every whole number of their language', () => {
    for (const { language, text, key } of all.filter(({ text }) => text.includes(', plural,'))) {
      const rules = new Intl.PluralRules(language);
      const forms = new Set(pluralForms(text));
      // A number that falls into `other` by its fraction only needs no form of its own.
      const missing = counts.map((count) => rules.select(count)).filter((form) => !forms.has(form));
      expect([language, key, ...missing]).toEqual([language, key]);
      const unknown = [...forms].filter((form) => !isCategory(rules, form));
      expect([language, key, ...unknown]).toEqual([language, key]);
    }
  });

  it('are read as the library of ICU messages reads them', () => {
    for (const { language, text } of all) {
      for (const count of counts) {
        const values = valuesFor(text, count);
        const theirs = new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
        const said = say(language, text, values).replaceAll(/[\u2068\u2069]/g, '');
        expect(said).toBe(String(theirs.format(values)));
      }
    }
  });

  it('hold no markup and no straight apostrophe, which ICU takes for a quote', () => {
    expect(all.filter(({ text }) => /[<>']/.test(text))).toEqual([]);
  });

  it('name every kind of message, status and entry', () => {
    const mails = { ...mailTexts.en, ...payoutChoiceTexts.en };
    for (const kind of messageKinds) expect(mails).toHaveProperty(`${kind}Subject`);
    for (const status of redemptionStatuses) expect(statementTexts.en).toHaveProperty(status);
    for (const kind of entryKinds) expect(statementTexts.en).toHaveProperty(kind);
  });
});

function isCategory(rules: Intl.PluralRules, form: string): boolean {
  return rules.resolvedOptions().pluralCategories.some((category) => category === form);
}

function valuesFor(text: string, count: number): Record<string, string | number> {
  const names = argumentsOf(text);
  return Object.fromEntries(names.map((name) => [name, name === 'count' ? count : `«${name}»`]));
}

describe('plurals', () => {
  const points = (language: Language, count: number) =>
    say(language, mailTexts[language].points, { digits: `${count}`, count });

  it.each([
    ['pl', 1, '1 punkt'],
    ['pl', 3, '3 punkty'],
    ['pl', 5, '5 punktów'],
    ['pl', 22, '22 punkty'],
    ['pl', 112, '112 punktów'],
    ['fr', 0, '0 point'],
    ['zh', 7, '7 积分'],
  ] as const)('%s %d', (language, count, text) => expect(points(language, count)).toBe(text));

  it('sets what it puts into Arabic apart', () => {
    expect(points('ar', 3)).toBe('\u20683\u2069 نقاط');
    expect(points('ar', 11)).toBe('\u206811\u2069 نقطة');
  });
});
