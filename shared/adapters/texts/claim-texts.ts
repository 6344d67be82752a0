import type { Language } from '../../domain/message/language.ts';
import { claim as ar } from './ar.ts';
import { claim as de } from './de.ts';
import { claim as en } from './en.ts';
import { claim as es } from './es.ts';
import { claim as fr } from './fr.ts';
import { claim as ms } from './ms.ts';
import { claim as nl } from './nl.ts';
import { claim as pl } from './pl.ts';
import type { ClaimTexts } from './texts.ts';
import { claim as zh } from './zh.ts';

/** Of the claim page. */
export const claimTexts: Readonly<Record<Language, ClaimTexts>> = {
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
