import type { Face } from '../../domain/message/face.ts';
import type { Language } from '../../domain/message/language.ts';
import { pageTexts } from '../texts/page-texts.ts';
import { html } from './html.ts';
import { type RenderedPage, renderPage } from './layout.ts';

/**
 * What a page says that has nothing to show: `invalid` one and the same for every token that is not
 * ours, `slow` whatever the token, `expired` and the others only to whoever has a valid one.
 */
export type Notice =
  | ('invalid' | 'expired' | 'slow' | 'trouble')
  | ('replaced' | 'returned' | 'payoutReplaced' | 'payoutReturned');

export function noticePage(notice: Notice, language: Language, face?: Face): RenderedPage {
  const texts = pageTexts[language];
  const [title, sentence] = [texts[`${notice}Title`], texts[notice]];
  return renderPage({
    ...{ language, title, body: html`<p>${sentence}</p>` },
    ...(face && { face }),
  });
}
