import type { Language } from '../../domain/message/language.ts';
import { choose as ar } from './ar.ts';
import { choose as de } from './de.ts';
import { choose as en } from './en.ts';
import { choose as es } from './es.ts';
import { choose as fr } from './fr.ts';
import { choose as ms } from './ms.ts';
import { choose as nl } from './nl.ts';
import { choose as pl } from './pl.ts';
import type { ChooseTexts } from './texts.ts';
import { choose as zh } from './zh.ts';

/** Of the choose page. */
export const chooseTexts: Readonly<Record<Language, ChooseTexts>> = {
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
