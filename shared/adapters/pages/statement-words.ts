import type { StatementPageView } from '../../app/messages/statement-page.ts';
import { formatQuantity } from '../texts/quantity.ts';
import { sayHtml, type Values } from '../texts/say.ts';
import { statementTexts } from '../texts/statement-texts.ts';
import type { StatementTexts } from '../texts/texts.ts';
import type { Html } from './html.ts';

/** Of whom and in which language a part of a statement speaks. */
type Worded = Pick<StatementPageView, 'language' | 'face'>;

export function words({ language }: Worded, key: keyof StatementTexts, values?: Values): Html {
  return sayHtml(language, statementTexts[language][key], values);
}

export function quantityText({ language, face }: Worded, unit: string, amount: bigint): string {
  const fallback = statementTexts[language].points;
  return formatQuantity(language, { unit, amount }, { units: face.units, fallback });
}
