import type { Letter, Message, MessageWriter } from '../../app/messages/notify-letter.ts';
import { textColourOn } from '../pages/contrast.ts';
import { type Html, html, joined } from '../pages/html.ts';
import { localeOf } from '../pages/language.ts';
import { accentColour } from '../pages/style.ts';
import { directionOf } from '../texts/direction.ts';
import { mailTexts } from '../texts/mail-texts.ts';
import { payoutChoiceTexts } from '../texts/payout-choice-texts.ts';
import { payoutTexts } from '../texts/payout-texts.ts';
import { say, sayHtml } from '../texts/say.ts';
import { type LetterTexts, type LetterWords, type Sentence, wordsOf } from './letter-words.ts';

/** Words of every mail to members, in text and HTML, with the brand of the program. */
export const messageWriter: MessageWriter = {
  write(letter) {
    const { language, face } = letter;
    const words = wordsOf(letter, language, face);
    const texts = textsIn(language);
    const plain = ({ key, values }: Sentence) => say(language, texts[key], values);
    return {
      subject: oneLine(plain(words.subject)),
      text: textOf(letter, words, plain),
      html: htmlOf(letter, words),
    };
  },
};

function textsIn(language: Letter['language']): LetterTexts {
  return { ...mailTexts[language], ...payoutTexts[language], ...payoutChoiceTexts[language] };
}

/** A subject is a header: control characters would end it. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}

function textOf(
  { language, face, unsubscribe }: Letter,
  { opening, listed = [], button, closing }: LetterWords,
  plain: (sentence: Sentence) => string,
): Message['text'] {
  const texts = mailTexts[language];
  const { support } = face.brand ?? {};
  const because = say(language, texts.because, { program: face.programName });
  const paragraphs = [
    opening.map(plain).join(' '),
    listed.map((sentence) => `- ${plain(sentence)}`).join('\n'),
    button === undefined ? '' : `${texts[button.key]}: ${button.link.reveal()}`,
    closing.map(plain).join(' '),
    support === undefined ? '' : `${texts.support}: ${support}`,
    because,
    unsubscribe === undefined ? '' : `${texts.unsubscribe}: ${unsubscribe.reveal()}`,
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}

function htmlOf(letter: Letter, words: LetterWords): string {
  const { language, face } = letter;
  const { programName, brand } = face;
  const colour = brand?.colour ?? accentColour;
  const direction = directionOf(language);
  const texts = textsIn(language);
  const marked = ({ key, values }: Sentence) => sayHtml(language, texts[key], values);
  const title = say(language, texts[words.subject.key], words.subject.values);
  const { opening, listed, button, closing } = words;
  return html`<!doctype html>
<html lang="${localeOf(language)}" dir="${direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${oneLine(title)}</title></head>
<body style="margin:0;background:#f3f4f6;color:#1f2937;font:16px/1.5 sans-serif">
<div dir="${direction}" style="max-width:480px;margin:0 auto;padding:24px 16px">
<div style="margin:0 0 16px;font-weight:bold">${nameplate(programName, brand?.logo)}</div>
<div style="background:#ffffff;border-top:6px solid ${colour};border-radius:8px;padding:24px">
${paragraph(opening.map(marked))}
${listed === undefined || listed.length === 0 ? '' : list(listed.map(marked))}
${button === undefined ? '' : action(texts[button.key], button.link.reveal(), colour)}
${paragraph(closing.map(marked))}
</div>
${smallPrint(letter)}
</div>
</body>
</html>
`.markup;
}

function nameplate(programName: string, logo: string | undefined): Html {
  if (logo === undefined) return html`<bdi>${programName}</bdi>`;
  return html`<img src="${logo}" alt="${programName}" height="40" style="max-width:192px">`;
}

function action(words: string, link: string, colour: string): Html {
  const style =
    `display:inline-block;padding:12px 20px;border:1px solid #4b5563;border-radius:6px;` +
    `background:${colour};color:${textColourOn(colour)};font-weight:bold;text-decoration:none`;
  return html`<p style="margin:0 0 16px"><a href="${link}" style="${style}">${words}</a></p>`;
}

function paragraph(sentences: readonly Html[]): Html {
  if (sentences.length === 0) return html``;
  return html`<p style="margin:0 0 16px">${joined(sentences, ' ')}</p>`;
}

function list(items: readonly Html[]): Html {
  const lines = items.map((item) => html`<li>${item}</li>`);
  return html`<ul style="margin:0 0 16px">${joined(lines)}</ul>`;
}

function smallPrint({ language, face, unsubscribe }: Letter): Html {
  const texts = mailTexts[language];
  const { support } = face.brand ?? {};
  const link = (address: string, words: string) =>
    html`<br><a href="${address}" style="color:#4b5563">${words}</a>`;
  return html`<p style="margin:16px 0 0;color:#4b5563;font-size:13px">${sayHtml(
    language,
    texts.because,
    { program: face.programName },
  )}${support === undefined ? '' : link(support, texts.support)}${
    unsubscribe === undefined ? '' : link(unsubscribe.reveal(), texts.unsubscribe)
  }</p>`;
}
