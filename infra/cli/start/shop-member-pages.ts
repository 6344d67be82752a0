import { type Html, html } from '../../../shared/adapters/pages/html.ts';
import { toDecimal } from '../../../shared/domain/money/money.ts';
import type { Place } from './shop-api.ts';
import { usualAmount, usualMinor } from './shop-forms.ts';
import { hidden, joined, memberPath, redemptionsPath } from './shop-layout.ts';
import { type AskedFor, askedList } from './shop-redemption-list.ts';
import type { ShownOffer } from './shop-shapes.ts';
import {
  amountsWords,
  durationWords,
  kindWords,
  listedAmounts,
  moneyWords,
  type PointsWords,
  priceWords,
} from './shop-words.ts';

export interface ShopMember {
  readonly id: string;
  /** Of the last order. */
  readonly country: string;
  /** That can be spent. */
  readonly points: bigint;
}

export function membersView(
  members: readonly ShopMember[],
  language: string,
  points: PointsWords,
): Html {
  const rows = members.map((member) => {
    const { id, country } = member;
    // Without a country, which the member's own profile tells.
    const href = memberPath(id, `?${new URLSearchParams({ language })}`);
    return html`<tr><td><a href="${href}">${id}</a></td>
<td>${country}</td><td>${points(member.points)}</td></tr>`;
  });
  return html`<p>Choose a member of the sample, and redeem for them.</p>
<table><thead><tr><th scope="col">Member</th><th scope="col">Country</th>
<th scope="col">To spend</th></tr></thead><tbody>${joined(rows)}</tbody></table>`;
}

export interface CatalogueView {
  readonly member: string;
  readonly place: Place;
  readonly points: bigint;
  readonly offers: readonly ShownOffer[];
  /** What the member has asked for, the newest first. */
  readonly redemptions: readonly AskedFor[];
  readonly countries: readonly string[];
  readonly languages: readonly string[];
  readonly inPoints: PointsWords;
  /** One for each form that is sent once. */
  readonly newKey: () => string;
}

export function catalogueView(view: CatalogueView): Html {
  const { member, place, offers, inPoints, points } = view;
  const cards = offers.map((offer) => offerCard(view, offer));
  const none = html`<p>Nothing is sold there now.</p>`;
  return html`<p><strong>${inPoints(points)}</strong> to spend.</p>
${placeForm(view)}
<h2>Rewards</h2>
${offers.length === 0 ? none : html`<ul class="cards">${joined(cards)}</ul>`}
<h2>Asked for before</h2>
${askedList(member, place, view.redemptions)}
<p><a href="${redemptionsPath(member, place)}">Follow them</a></p>
<h2>More</h2>
<div class="box"><h3>Statement page</h3><p class="quiet">A link for this member that opens for some
minutes.</p>
<form method="post" action="${memberPath(member, '/statement-links')}">
${hidden({ ...place })}
<button class="plain">Ask for the link</button></form></div>
<div class="box"><h3>Choose one of several</h3><p class="quiet">Somebody offers this member a set of
rewards by mail, and the program pays.</p>
<form method="post" action="${memberPath(member, '/choices')}">
${hidden({ ...place, key: view.newKey() })}
<button class="plain">Offer a choice</button></form></div>`;
}

function placeForm({ member, place, countries, languages }: CatalogueView): Html {
  return html`<form method="get" action="${memberPath(member)}">
<label>Country ${select('country', within(countries, place.country), place.country)}</label>
<label>Language ${select('language', languages, place.language)}</label>
<button class="plain">Look from there</button></form>`;
}

/** A member may live where nobody of the sample has ordered from. */
function within(countries: readonly string[], own: string): readonly string[] {
  return countries.includes(own) ? countries : [...countries, own].sort();
}

function select(name: string, values: readonly string[], chosen: string): Html {
  const options = values.map((value) =>
    value === chosen ? html`<option selected>${value}</option>` : html`<option>${value}</option>`,
  );
  return html`<select name="${name}">${joined(options)}</select>`;
}

function offerCard(view: CatalogueView, offer: ShownOffer): Html {
  const { member, place, inPoints, newKey } = view;
  const { rewardId, name, kind, currency, disclosure = '', promisedMinutes } = offer;
  const amounts = amountsWords(offer);
  const about = [kindWords[kind], amounts, priceWords(offer, inPoints)].filter((it) => it !== '');
  return html`<li class="card"><h3 lang="${place.language}" dir="auto">${name}</h3>
<p class="small">${about.join(' · ')}</p>
<p class="small quiet">Promised within ${durationWords(promisedMinutes)}.</p>
${disclosure === '' ? '' : termsOf(disclosure)}
<form method="post" action="${memberPath(member, '/quotes')}">
${hidden({ ...place, rewardId, currency, key: newKey() })}${amountField(offer)}
<button aria-label="Ask for the price of ${name}">Ask for the price</button></form></li>`;
}

function termsOf(disclosure: string): Html {
  return html`<details class="small"><summary>Terms</summary><p>${disclosure}</p></details>`;
}

function amountField(offer: ShownOffer): Html {
  const { bands, currency } = offer;
  if (bands?.length === 0) return html``;
  const listed = listedAmounts(offer);
  if (listed === undefined) {
    const usual = toDecimal({ amountMinor: usualAmount(offer, usualMinor), currency });
    return html`<label>Amount in ${currency} <input name="amount" inputmode="decimal" required
value="${usual}"></label>`;
  }
  const options = listed.map(
    (minor) => html`<option value="${minor.toString()}">${moneyWords(minor, currency)}</option>`,
  );
  return html`<label>Amount <select name="amountMinor">${joined(options)}</select></label>`;
}
