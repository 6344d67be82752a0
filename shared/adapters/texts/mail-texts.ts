import type { Language } from '../../domain/message/language.ts';
import { mail as ar } from './ar.ts';
import { mail as de } from './de.ts';
import { mail as en } from './en.ts';
import { mail as es } from './es.ts';
import { mail as fr } from './fr.ts';
import { mail as ms } from './ms.ts';
import { mail as nl } from './nl.ts';
import { mail as pl } from './pl.ts';
import type { MailTexts } from './texts.ts';
import { mail as zh } from './zh.ts';

/** Of mails. */
export const mailTexts: Readonly<Record<Language, MailTexts>> = {
  en,
  de,
  fr,
  es,
  nl,
  pl,
  ms,
  zh,
  ar,
};
