import type { Session } from '../../../infra/cli/run/session.ts';
import type { StandIn } from '../../../infra/cli/run/stand-ins.ts';
import type { TokenScope } from '../../../infra/cli/token.ts';
import { type Answered, ApiClient, type Asked, programName } from './api-client.ts';

type Method = Parameters<ApiClient['send']>[0];

export interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const minuteMs = 60_000;

/** One member's way through everything, with all that was ever answered on it. */
export class Walk {
  readonly session: Session;
  readonly member: string;
  /** Every answer of the API and every page, but what claim pages reveal. */
  readonly answers: string[] = [];
  /** What claim pages have revealed, as HTML. */
  readonly revealed: string[] = [];
  #keys = 0;

  constructor(session: Session, member: string) {
    this.session = session;
    this.member = member;
  }

  /** As an integrator of the program, unless somebody else is named. */
  async ask(
    method: Method,
    rest: string,
    asked: Asked & { readonly as?: TokenScope; readonly subject?: string } = {},
  ): Promise<Answered> {
    const { as: scope = 'integrator', subject = 'shop' } = asked;
    const api = await ApiClient.of(this.session.stack.urls.api, { scope, subject });
    const path = rest.startsWith('/v1') ? rest : `${this.#memberPath()}${rest}`;
    const answer = await api.send(method, path, asked);
    this.answers.push(answer.text);
    return answer;
  }

  #memberPath(): string {
    return `/v1/programs/${programName}/members/${this.member}`;
  }

  /** A card for ten pounds, unless told otherwise, that is accepted; its id. */
  async redeem(rewardId: string, told: Readonly<Record<string, unknown>> = {}): Promise<string> {
    this.#keys += 1;
    const card = { rewardId, amountMinor: '1000', currency: 'GBP', country: 'GB' };
    const answer = await this.ask('POST', '/redemptions', {
      ...{ body: { ...card, ...told }, key: `walk-${this.member}-${this.#keys}` },
    });
    if (answer.status !== 202) throw new Error(`${rewardId}: ${answer.text}`);
    return String(answer.body.redemption);
  }

  async statusOf(redemption: string): Promise<string> {
    return String((await this.ask('GET', `/redemptions/${redemption}`)).body.status);
  }

  /** Lets time pass until the redemption stands so; a day at most. */
  async until(redemption: string, status: string): Promise<void> {
    for (let round = 0; ; round += 1) {
      await this.session.rest();
      const found = await this.statusOf(redemption);
      if (found === status) return;
      if (round > 24 * 12) throw new Error(`${redemption} is ${found}, never ${status}.`);
      this.session.passTime(5 * minuteMs);
    }
  }

  provider(name: string): StandIn {
    const found = this.session.standIns.find((standIn) => standIn.name === name);
    if (found === undefined) throw new Error(`There is no ${name}.`);
    return found;
  }

  /** Ends the newest order of a provider. */
  async decide(name: string, fate: 'delivered' | 'failed'): Promise<void> {
    await this.session.rest();
    const provider = this.provider(name);
    const order = provider.orders().at(-1);
    if (order === undefined) throw new Error(`${name} has no order.`);
    provider.decide(order, fate);
    await this.session.rest();
  }

  /** Newest first. */
  async mails(): Promise<Mail[]> {
    await this.session.rest();
    const response = await fetch(new URL('/mails.json', this.session.stack.urls.mail));
    return (await response.json()) as Mail[];
  }

  /** The path of a page that the newest mail with such a link leads to. */
  async mailedPath(page: 'claim' | 'choose'): Promise<string> {
    for (const { text } of await this.mails()) {
      const found = new RegExp(`/${page}/[^\\s"<>]+`).exec(text);
      if (found) return found[0];
    }
    throw new Error(`No mail leads to a ${page} page.`);
  }

  async page(method: 'GET' | 'POST', path: string, form = ''): Promise<Answered> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const client = new ApiClient(this.session.stack.urls.api);
    const answer = await client.send(method, path, method === 'GET' ? {} : { text: form, headers });
    const reveals = path.startsWith('/claim/') && method === 'POST' && answer.status === 200;
    (reveals ? this.revealed : this.answers).push(answer.text);
    return answer;
  }

  /** Looks at the reward of the newest mail: once to be asked, once to see it. */
  async claim(): Promise<string> {
    const path = await this.mailedPath('claim');
    const asked = await this.page('GET', path);
    const shown = await this.page('POST', path);
    if (asked.status !== 200 || shown.status !== 200) throw new Error(shown.text);
    return shown.text;
  }
}
