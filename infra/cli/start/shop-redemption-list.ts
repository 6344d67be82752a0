import { type Html, html } from '../../../shared/adapters/pages/html.ts';
import type { Place } from './shop-api.ts';
import { cataloguePath, joined, redemptionPath, redemptionsPath } from './shop-layout.ts';
import type { ShownRedemption } from './shop-shapes.ts';
import { finalStatuses, moneyWords, statusWords } from './shop-words.ts';

/** What a member has asked for; without more than its id where the API does not tell it. */
export interface AskedFor {
  readonly id: string;
  readonly shown?: ShownRedemption;
}

export function isOpen({ status }: ShownRedemption): boolean {
  return !finalStatuses.has(status);
}

export function redemptionsView(member: string, place: Place, asked: readonly AskedFor[]): Html {
  const isWaiting = asked.some(({ shown }) => shown !== undefined && isOpen(shown));
  return html`${askedList(member, place, asked)}
${isWaiting ? html`<p class="quiet">Until all are over, this page looks again by itself.</p>` : ''}
<p><a href="${redemptionsPath(member, place)}">Look again</a> ·
<a href="${cataloguePath(member, place)}">Back to the rewards</a></p>`;
}

/** By reward, face value and state, in the order given. */
export function askedList(member: string, place: Place, asked: readonly AskedFor[]): Html {
  if (asked.length === 0) return html`<p>Nothing yet.</p>`;
  const items = asked.map(({ id, shown }) => {
    const href = redemptionPath(member, id, place);
    if (shown === undefined) return html`<li><a href="${href}">A redemption</a></li>`;
    const name = html`<span dir="auto">${shown.rewardName}</span>${worth(shown)}`;
    return html`<li><a href="${href}">${name}</a>: ${statusWords[shown.status]}</li>`;
  });
  return html`<ul class="asked">${joined(items)}</ul>`;
}

function worth({ amountMinor, currency }: ShownRedemption): string {
  return amountMinor === 0n ? '' : `, ${moneyWords(amountMinor, currency)}`;
}
