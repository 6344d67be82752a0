import type { Face } from '../../domain/message/face.ts';
import type { Language } from '../../domain/message/language.ts';
import { sayHtml } from '../texts/say.ts';
import { statementTexts } from '../texts/statement-texts.ts';
import { html } from './html.ts';
import { type RenderedPage, renderPage } from './layout.ts';

/** Asks whether messages of a kind are to stop, or says that they have. */
export function turnOffPage(page: {
  readonly kind: 'asked' | 'done';
  readonly face: Face;
  readonly language: Language;
}): RenderedPage {
  const { face, kind, language } = page;
  const texts = statementTexts[language];
  const title = texts.offTitle;
  if (kind === 'done') {
    return renderPage({ language, face, title, body: html`<p>${texts.offDone}</p>` });
  }
  const body = html`<p>${sayHtml(language, texts.off, { program: face.programName })}</p>
<form method="post"><button class="action" type="submit">${texts.offButton}</button></form>`;
  return renderPage({ language, face, title, body });
}
