import { type Html, html } from '../../../shared/adapters/pages/html.ts';
import type { WireResponse } from '../../local/stand-ins/wire.ts';
import type { Act, Place, Refused, ShopApi } from './shop-api.ts';
import { choiceBody, paymentBody, quoteBody } from './shop-forms.ts';
import {
  cataloguePath,
  memberPath,
  type PageSettings,
  page,
  redemptionPath,
  seeOther,
} from './shop-layout.ts';
import { catalogueView, membersView, type ShopMember } from './shop-member-pages.ts';
import { type AskedFor, isOpen, redemptionsView } from './shop-redemption-list.ts';
import {
  boughtView,
  choiceView,
  linkView,
  quoteView,
  redemptionView,
  refusedView,
} from './shop-redemption-pages.ts';
import type { ShownOffer } from './shop-shapes.ts';
import { offeredWords, pointsWords, timeWords } from './shop-words.ts';

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
  /** Of a member whose profile names none: of the last order. */
  readonly countryOf: (member: string) => string | undefined;
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

/** The newest of what a member has asked for; each is a question to the API. */
const shownAtOnce = 20;

/** Answers each page and form of the shop front by asking the HTTP API. */
export class ShopDesk {
  readonly #settings: ShopSettings;
  readonly #words;
  /** Redemptions by the quote that each has taken. */
  readonly #bought = new Map<string, string>();

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

  async catalogue({ member, place: asked }: Visit): Promise<WireResponse> {
    const { api, unit, countries, languages, newKey } = this.#settings;
    const place = await this.#placeOf(member, asked);
    const [balance, offers, redemptions] = await Promise.all([
      api.balance(member),
      api.catalogue(member, place),
      this.#askedFor(member),
    ]);
    if (!balance.ok) return this.#refused(balance.failure, { member, place, back: '/' });
    if (!offers.ok) return this.#refused(offers.failure, { member, place, back: '/' });
    const view = catalogueView({
      ...{ member, place, countries, languages, newKey, redemptions },
      points: balance.value.available[unit.code] ?? 0n,
      offers: offers.value,
      inPoints: this.#words.inPoints,
    });
    return this.#page(`Rewards for ${member}`, view);
  }

  async redemptions({ member, place }: Visit): Promise<WireResponse> {
    const asked = await this.#askedFor(member);
    const refreshes = asked.some(({ shown }) => shown !== undefined && isOpen(shown));
    const view = redemptionsView(member, place, asked);
    return this.#page(`Asked for by ${member}`, view, { refreshes });
  }

  async quote({ member, place, fields }: Visit): Promise<WireResponse> {
    const key = fields.get('key') ?? '';
    const body = quoteBody(fields, place);
    const quoted = await this.#settings.api.quote(member, body, key);
    if (quoted.ok) return seeOther(memberPath(member, `/quotes/${quoted.value.quote}`));
    const note = await this.#offered(member, place, { refused: quoted.failure, body });
    return this.#refused(quoted.failure, { ...this.#before(member, place), note });
  }

  async showQuote({ member, id, place }: Visit): Promise<WireResponse> {
    const bought = this.#bought.get(id);
    // As with the browser's own way back.
    if (bought !== undefined) return this.#alreadyBought(member, bought, place);
    const quote = await this.#settings.api.readQuote(member, id);
    if (!quote.ok) return this.#refused(quote.failure, this.#before(member, place));
    return this.#page('The price', quoteView(member, quote.value, this.#words));
  }

  async redeem({ member, place, fields }: Visit): Promise<WireResponse> {
    const { api, asked } = this.#settings;
    const text = (name: string) => fields.get(name) ?? '';
    const [quote, email] = [text('quote'), text('email')];
    const redeemed = await api.redeem(member, { quote, email }, text('key'));
    const bought = this.#bought.get(quote);
    if (!redeemed.ok && redeemed.failure.code === 'QUOTE_USED' && bought !== undefined) {
      return this.#alreadyBought(member, bought, place);
    }
    if (!redeemed.ok) return this.#refused(redeemed.failure, this.#before(member, place));
    const { redemption } = redeemed.value;
    this.#bought.set(quote, redemption);
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
    return this.#page('A redemption', view, { refreshes: isOpen(found.value) });
  }

  async act({ member, id, place, fields }: Visit, act: Act['act']): Promise<WireResponse> {
    const body = act === 'payment' ? paymentBody(fields) : {};
    const key = fields.get('key') ?? '';
    const done = await this.#settings.api.act(member, { redemption: id, act, body, key });
    if (done.ok) return this.#toRedemption(member, id, place);
    const back = redemptionPath(member, id, place);
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

  /** Where a visit names no country, the member's own. */
  async #placeOf(member: string, place: Place): Promise<Place> {
    if (place.country !== '') return place;
    const { api, countryOf, countries } = this.#settings;
    const profile = await api.profile(member);
    const own = profile.ok ? profile.value.country : undefined;
    return { ...place, country: own ?? countryOf(member) ?? countries[0] ?? '' };
  }

  /** The newest first, each as it stands now. */
  #askedFor(member: string): Promise<AskedFor[]> {
    const { api, asked } = this.#settings;
    const newest = (asked.get(member) ?? []).toReversed().slice(0, shownAtOnce);
    return Promise.all(
      newest.map(async (id): Promise<AskedFor> => {
        const found = await api.redemption(member, id);
        return found.ok ? { id, shown: found.value } : { id };
      }),
    );
  }

  /** Where the amount was refused: what the reward can be had for. */
  async #offered(
    member: string,
    place: Place,
    { refused, body }: { readonly refused: Refused; readonly body: Record<string, string> },
  ): Promise<Html | undefined> {
    if (refused.field !== 'amountMinor') return undefined;
    const offers = await this.#settings.api.catalogue(member, place);
    const { rewardId, currency } = body;
    const isIt = (it: ShownOffer) => it.rewardId === rewardId && it.currency === currency;
    const offer = offers.ok ? offers.value.find(isIt) : undefined;
    if (offer === undefined) return undefined;
    return html`<p>${offeredWords(offer, this.#words.inPoints)}</p>`;
  }

  #alreadyBought(member: string, redemption: string, place: Place): WireResponse {
    const links = {
      redemption: redemptionPath(member, redemption, place),
      back: cataloguePath(member, place),
    };
    return this.#page('Bought already', boughtView(links));
  }

  #toRedemption(member: string, redemption: string, place: Place): WireResponse {
    return seeOther(redemptionPath(member, redemption, place));
  }

  #refused(refused: Refused, { back, ...about }: Refusing): WireResponse {
    const { newKey } = this.#settings;
    const view = refusedView(refused, back, { ...about, newKey });
    return this.#page('That cannot be done', view, { status: refused.status });
  }

  #page(title: string, body: Html, more: Omit<PageSettings, 'mailUrl'> = {}): WireResponse {
    return page(title, body, { ...more, mailUrl: this.#settings.mailUrl });
  }
}

interface Refusing {
  readonly member: string;
  readonly place: Place;
  readonly back: string;
  readonly note?: Html | undefined;
}
