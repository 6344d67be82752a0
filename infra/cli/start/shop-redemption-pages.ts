import { type Html, html } from '../../../shared/adapters/pages/html.ts';
import type { Place, Refused } from './shop-api.ts';
import { cataloguePath, hidden, joined, memberPath, redemptionsPath } from './shop-layout.ts';
import { isOpen } from './shop-redemption-list.ts';
import type { ShownChoice, ShownQuote, ShownRedemption } from './shop-shapes.ts';
import { durationWords, moneyWords, type PointsWords, statusWords } from './shop-words.ts';

interface Words {
  readonly inPoints: PointsWords;
  readonly inTime: (instant: string) => string;
  readonly newKey: () => string;
}

export function quoteView(member: string, quote: ShownQuote, words: Words): Html {
  const { inPoints, inTime, newKey } = words;
  const { points, cash, currency, amountMinor, country, language, rewardName, rate } = quote;
  const asked = { rewardId: quote.rewardId, currency, country, language };
  return html`<div class="box"><dl>
<dt>Reward</dt><dd dir="auto">${rewardName}</dd>
${amountMinor === 0n ? '' : html`<dt>Face value</dt><dd>${moneyWords(amountMinor, currency)}</dd>`}
<dt>Price</dt><dd><strong>${inPoints(points)}</strong>${
    cash === undefined ? '' : html` and ${moneyWords(cash.amountMinor, cash.currency)} in cash`
  }</dd>
${rate === undefined ? '' : html`<dt>Rate</dt><dd>${rate.rate}</dd>`}
<dt>Promised within</dt><dd>${durationWords(quote.promisedMinutes)}</dd>
<dt>Holds until</dt><dd>${inTime(quote.expiresAt)}</dd>
</dl></div>
<form method="post" action="${memberPath(member, '/redemptions')}">
${hidden({ quote: quote.quote, country, language, key: newKey() })}
<label>E-mail <input type="email" name="email" required value="${member}@example.com"></label>
<button>Redeem</button></form>
<h2>Part cash</h2>
<p class="quiet">Spend fewer points; the shop collects the rest before anything is ordered.</p>
<form method="post" action="${memberPath(member, '/quotes')}">
${hidden({ ...asked, amountMinor: amountMinor.toString(), key: newKey() })}
<label>Points to spend <input name="points" inputmode="numeric" required
value="${(points / 2n).toString()}"></label>
<button class="plain">Ask for that price</button></form>
<p><a href="${cataloguePath(member, { country, language })}">Back to the rewards</a></p>`;
}

export function redemptionView(
  member: string,
  { redemption, place }: { readonly redemption: ShownRedemption; readonly place: Place },
  words: Words & { readonly mailUrl: string },
): Html {
  const { inPoints, inTime, mailUrl } = words;
  const { status, history, rewardName, amountMinor, currency, points, promisedBy } = redemption;
  const steps = history.map(
    ({ status: step, at }) => html`<li>${statusWords[step]}, ${inTime(at)}</li>`,
  );
  const here = memberPath(member, `/redemptions/${redemption.redemption}`);
  return html`<div class="box"><dl>
<dt>Status</dt><dd><strong>${statusWords[status]}</strong></dd>
<dt>Reward</dt><dd dir="auto">${rewardName}</dd>
${amountMinor === 0n ? '' : html`<dt>Face value</dt><dd>${moneyWords(amountMinor, currency)}</dd>`}
<dt>Price</dt><dd>${inPoints(points)}${cashWords(redemption)}</dd>
<dt>Promised by</dt><dd>${inTime(promisedBy)}</dd>
<dt>Redemption</dt><dd class="small">${redemption.redemption}</dd>
</dl></div>
<p><a href="${here}?${new URLSearchParams({ ...place }).toString()}">Look again</a>${
    isOpen(redemption)
      ? html` <span class="quiet">or wait: this page does so by itself.</span>`
      : ''
  }</p>
<h2>What has happened</h2>
<ol class="steps">${joined(steps)}</ol>
${joined(actsFor(redemption, here, { place, words }))}
<p><a href="${mailUrl}">Open the mails</a> ·
<a href="${redemptionsPath(member, place)}">All that was asked for</a> ·
<a href="${cataloguePath(member, place)}">Back to the rewards</a></p>`;
}

function cashWords({ cash }: ShownRedemption): string {
  if (cash === undefined) return '';
  const amount = moneyWords(cash.amountMinor, cash.currency);
  return ` and ${amount} in cash, ${cash.paid ? 'paid' : 'not paid yet'}`;
}

interface Shown {
  readonly place: Place;
  readonly words: Words;
}

function actsFor(redemption: ShownRedemption, here: string, shown: Shown): Html[] {
  const { status, cash } = redemption;
  const act = (name: string, label: string, fields: Readonly<Record<string, string>> = {}) =>
    html`<form method="post" action="${here}/${name}">
${hidden({ ...shown.place, ...fields, key: shown.words.newKey() })}
<button class="plain">${label}</button></form>`;
  if (status === 'delivered') return [act('resend', 'Mail the link again')];
  if (!isOpen(redemption)) return [];
  const isDue = status === 'awaitingPayment' && cash !== undefined;
  const paid = { amountMinor: `${cash?.amountMinor ?? 0n}`, currency: cash?.currency ?? '' };
  return [
    ...(isDue ? [act('payment', 'The shop has collected the cash', paid)] : []),
    ...(status === 'cancelling' ? [] : [act('cancel', 'Call it off')]),
  ];
}

interface Instead {
  readonly member: string;
  readonly place: Place;
  readonly newKey: () => string;
  /** What helps to ask again. */
  readonly note?: Html | undefined;
}

/** A refusal as the API words it, with what can be had instead. */
export function refusedView(
  { title, code, field, alternatives = [] }: Refused,
  back: string,
  instead: Instead,
): Html {
  const { member, place, newKey, note } = instead;
  const cards = alternatives.map(({ rewardId, name, currency, amountMinor }) => {
    const asked = { ...place, rewardId, currency, key: newKey() };
    const amount = amountMinor === undefined ? '' : ` · ${moneyWords(amountMinor, currency)}`;
    return html`<li class="card"><h3 dir="auto">${name}${amount}</h3>
<form method="post" action="${memberPath(member, '/quotes')}">
${hidden({ ...asked, ...(amountMinor !== undefined && { amountMinor: `${amountMinor}` }) })}
<button aria-label="Ask for the price of ${name}">Ask for the price</button></form></li>`;
  });
  const where = field === undefined ? '' : html`, field <code>${field}</code>`;
  return html`<div class="box refused"><p><strong>${title}</strong></p>
${note ?? html``}<p class="small quiet"><code>${code}</code>${where}</p></div>
${cards.length === 0 ? '' : html`<h2>What can be had instead</h2>`}
<ul class="cards">${joined(cards)}</ul>
<p><a href="${back}">Back</a></p>`;
}

/** Of a price that was taken: a price buys once. */
export function boughtView(links: { readonly redemption: string; readonly back: string }): Html {
  return html`<div class="box"><p><strong>This was bought at that price already.</strong></p>
<p><a href="${links.redemption}">See how it stands</a></p></div>
<p>To have it once more, ask for a new price.
<a href="${links.back}">Back to the rewards</a></p>`;
}

/** A page of another origin, which opens for whoever has its address. */
export function linkView(link: string, back: string): Html {
  return html`<p>Balance, history and open redemptions of this member, for some minutes.</p>
<p><a href="${link}">Open it</a></p>
<p><a href="${back}">Back to the rewards</a></p>`;
}

export function choiceView(
  { rewards, expiresAt }: ShownChoice,
  links: { readonly mailUrl: string; readonly back: string },
  inTime: (instant: string) => string,
): Html {
  const items = rewards.map(
    ({ name, amountMinor, currency }) =>
      html`<li dir="auto">${name}, ${moneyWords(amountMinor, currency)}</li>`,
  );
  return html`<p>The member was mailed a link and picks one of these until ${inTime(expiresAt)}:</p>
<ul>${joined(items)}</ul>
<p><a href="${links.mailUrl}">Open the mails</a> ·
<a href="${links.back}">Back to the rewards</a></p>`;
}
