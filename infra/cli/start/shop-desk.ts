import type { Html } from '../../../shared/adapters/pages/html.ts';
import type { WireResponse } from '../../local/stand-ins/wire.ts';
import type { Act, Place, Refused, ShopApi } from './shop-api.ts';
import { choiceBody, paymentBody, quoteBody } from './shop-forms.ts';
import { cataloguePath, memberPath, page, seeOther } from './shop-layout.ts';
import { catalogueView, membersView, type ShopMember } from './shop-member-pages.ts';
import {
  choiceView,
  linkView,
  quoteView,
  redemptionView,
  refusedView,
} from './shop-redemption-pages.ts';
import { pointsWords, timeWords } from './shop-words.ts';

export interface ShopSettings {
  readonly api: ShopApi;
  /** Those that have points to spend. */
  readonly readMembers: () => Promise<readonly ShopMember[]>;
  /** Ids of what members have asked for, the first first; what is asked for here is added. */
  readonly asked: Map<string, string[]>;
  readonly mailUrl: string;
  readonly unit: { readonly code: string; readonly names: Readonly<Record<string, string>> };
  readonly timeZone: string;
  readonly countries: readonly string[];
  /** The program's own first. */
  readonly languages: readonly string[];
  /** Of a form, so that it is sent once however often it is posted. */
  readonly newKey: () => string;
}

export interface Visit {
  readonly member: string;
  /** Of a quote or a redemption; else empty. */
  readonly id: string;
  readonly place: Place;
  /** Of the query, or of the form. */
  readonly fields: URLSearchParams;
}

/** Answers each page and form of the shop front by asking the HTTP API. */
export class ShopDesk {
  readonly #settings: ShopSettings;
  readonly #words;

  constructor(settings: ShopSettings) {
    const { unit, timeZone, newKey, mailUrl } = settings;
    this.#settings = settings;
    this.#words = {
      ...{ inPoints: pointsWords(unit.names), inTime: timeWords(timeZone) },
      ...{ newKey, mailUrl },
    };
  }

  async members(): Promise<WireResponse> {
    const { readMembers, languages } = this.#settings;
    const language = languages[0] ?? 'en';
    const members = await readMembers();
    return this.#page('Members', membersView(members, language, this.#words.inPoints));
  }

  async catalogue({ member, place }: Visit): Promise<WireResponse> {
    const { api, asked, unit, countries, languages, newKey } = this.#settings;
    const [balance, offers] = await Promise.all([
      api.balance(member),
      api.catalogue(member, place),
    ]);
    if (!balance.ok) return this.#refused(balance.failure, { member, place, back: '/' });
    if (!offers.ok) return this.#refused(offers.failure, { member, place, back: '/' });
    const view = catalogueView({
      ...{ member, place, countries, languages, newKey },
      points: balance.value.available[unit.code] ?? 0n,
      offers: offers.value,
      redemptions: (asked.get(member) ?? []).toReversed(),
      inPoints: this.#words.inPoints,
    });
    return this.#page(`Rewards for ${member}`, view);
  }

  async quote({ member, place, fields }: Visit): Promise<WireResponse> {
    const key = fields.get('key') ?? '';
    const quoted = await this.#settings.api.quote(member, quoteBody(fields, place), key);
    if (!quoted.ok) return this.#refused(quoted.failure, this.#before(member, place));
    return seeOther(memberPath(member, `/quotes/${quoted.value.quote}`));
  }

  async showQuote({ member, id, place }: Visit): Promise<WireResponse> {
    const quote = await this.#settings.api.readQuote(member, id);
    if (!quote.ok) return this.#refused(quote.failure, this.#before(member, place));
    return this.#page('The price', quoteView(member, quote.value, this.#words));
  }

  async redeem({ member, place, fields }: Visit): Promise<WireResponse> {
    const { api, asked } = this.#settings;
    const [quote, email, key] = ['quote', 'email', 'key'].map((name) => fields.get(name) ?? '');
    const redeemed = await api.redeem(member, { quote, email }, key ?? '');
    if (!redeemed.ok) return this.#refused(redeemed.failure, this.#before(member, place));
    const { redemption } = redeemed.value;
    const before = asked.get(member) ?? [];
    if (!before.includes(redemption)) asked.set(member, [...before, redemption]);
    return this.#toRedemption(member, redemption, place);
  }

  async showRedemption({ member, id, place }: Visit): Promise<WireResponse> {
    const found = await this.#settings.api.redemption(member, id);
    if (!found.ok) return this.#refused(found.failure, this.#before(member, place));
    // A link from elsewhere names no place; what was redeemed does.
    const here = { ...place, country: place.country || found.value.country };
    const view = redemptionView(member, { redemption: found.value, place: here }, this.#words);
    return this.#page('A redemption', view);
  }

  async act({ member, id, place, fields }: Visit, act: Act['act']): Promise<WireResponse> {
    const body = act === 'payment' ? paymentBody(fields) : {};
    const key = fields.get('key') ?? '';
    const done = await this.#settings.api.act(member, { redemption: id, act, body, key });
    if (done.ok) return this.#toRedemption(member, id, place);
    const back = memberPath(member, `/redemptions/${id}?${new URLSearchParams({ ...place })}`);
    return this.#refused(done.failure, { member, place, back });
  }

  async statementLink({ member, place }: Visit): Promise<WireResponse> {
    const made = await this.#settings.api.statementLink(member);
    if (!made.ok) return this.#refused(made.failure, this.#before(member, place));
    const back = cataloguePath(member, place);
    return this.#page('Statement page', linkView(made.value.url, back));
  }

  /** The link goes to the member alone, by mail. */
  async offerChoice({ member, place, fields }: Visit): Promise<WireResponse> {
    const { api, mailUrl } = this.#settings;
    const offers = await api.catalogue(member, place);
    if (!offers.ok) return this.#refused(offers.failure, this.#before(member, place));
    const body = { ...choiceBody(offers.value, place), email: `${member}@example.com` };
    const made = await api.offerChoice(member, body, fields.get('key') ?? '');
    if (!made.ok) return this.#refused(made.failure, this.#before(member, place));
    const links = { mailUrl, back: cataloguePath(member, place) };
    return this.#page('A choice', choiceView(made.value, links, this.#words.inTime));
  }

  #before(member: string, place: Place) {
    return { member, place, back: cataloguePath(member, place) };
  }

  #toRedemption(member: string, redemption: string, place: Place): WireResponse {
    const query = new URLSearchParams({ ...place });
    return seeOther(memberPath(member, `/redemptions/${redemption}?${query}`));
  }

  #refused(
    refused: Refused,
    { member, place, back }: { member: string; place: Place; back: string },
  ): WireResponse {
    const { newKey } = this.#settings;
    const view = refusedView(refused, back, { member, place, newKey });
    return this.#page('That cannot be done', view, refused.status);
  }

  #page(title: string, body: Html, status = 200): WireResponse {
    return page(title, body, { status, mailUrl: this.#settings.mailUrl });
  }
}
