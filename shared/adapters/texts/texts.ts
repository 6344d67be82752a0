import type * as english from './en.ts';

type InEachLanguage<Texts> = { readonly [Key in keyof Texts]: string };

/** ICU messages by key; each language has every one of English. */
export type MailTexts = InEachLanguage<typeof english.mail>;
export type ClaimTexts = InEachLanguage<typeof english.claim>;
export type ChooseTexts = InEachLanguage<typeof english.choose>;
export type PageTexts = InEachLanguage<typeof english.pages>;
export type StatementTexts = InEachLanguage<typeof english.statement>;
