import type { Language } from '../../domain/message/language.ts';
import { pages as ar } from './ar.ts';
import { pages as de } from './de.ts';
import { pages as en } from './en.ts';
import { pages as es } from './es.ts';
import { pages as fr } from './fr.ts';
import { pages as ms } from './ms.ts';
import { pages as nl } from './nl.ts';
import { pages as pl } from './pl.ts';
import type { PageTexts } from './texts.ts';
import { pages as zh } from './zh.ts';

/** Of what every page can say. */
export const pageTexts: Readonly<Record<Language, PageTexts>> = {
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
