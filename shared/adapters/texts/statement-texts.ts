import type { Language } from '../../domain/message/language.ts';
import { statement as ar } from './ar.ts';
import { statement as de } from './de.ts';
import { statement as en } from './en.ts';
import { statement as es } from './es.ts';
import { statement as fr } from './fr.ts';
import { statement as ms } from './ms.ts';
import { statement as nl } from './nl.ts';
import { statement as pl } from './pl.ts';
import type { StatementTexts } from './texts.ts';
import { statement as zh } from './zh.ts';

/** Of statements. */
export const statementTexts: Readonly<Record<Language, StatementTexts>> = {
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
