import { messageWriter } from '../../shared/adapters/mail/messages.ts';
import {
  ContactRows,
  createMemoryContactStore,
  createMemoryDeliveryStore,
  createMemorySentStore,
} from '../../shared/adapters/memory/contact-store.ts';
import type { NotifyDependencies } from '../../shared/app/messages/notify.ts';
import { Secret } from '../../shared/domain/secret.ts';
import type { ChoiceStore } from '../../shared/ports/choices.ts';
import type {
  Contact,
  ContactStore,
  DeliveryStore,
  SentStore,
} from '../../shared/ports/contacts.ts';
import type { PageTokens } from '../../shared/ports/page-tokens.ts';
import type { Mailer } from '../../shared/ports/runtime.ts';
import type { ClaimTokens } from '../../shared/ports/sealing.ts';
import { bindingSealer, type Dependencies, type World } from './world.ts';

/** No signature: whoever writes `claim <redemption> <expiry>` has a token. */
export const openTokens: ClaimTokens = {
  async issue({ redemption, expiresAtEpochSeconds }) {
    return new Secret(`claim ${redemption} ${expiresAtEpochSeconds}`);
  },
  async read(token) {
    const [word, redemption, expiry] = token.split(' ');
    if (word !== 'claim' || redemption === undefined) return undefined;
    return { redemption, expiresAtEpochSeconds: Number(expiry) };
  },
};

/** No signature either: JSON of all that a token says. */
export const openPageTokens: PageTokens = {
  async issue(link) {
    return new Secret(JSON.stringify(link));
  },
  async read(purpose, token) {
    if (!token.startsWith('{')) return undefined;
    const { purpose: issued, ...link } = JSON.parse(token);
    return issued === purpose ? link : undefined;
  },
};

export type Mail = Parameters<Mailer['send']>[0];

export interface Messaging {
  readonly mails: Mail[];
  readonly rows: ContactRows;
  readonly dependencies: Dependencies &
    NotifyDependencies & {
      readonly contacts: ContactStore;
      readonly deliveries: DeliveryStore;
      readonly sent: SentStore;
      readonly choices: ChoiceStore;
    };
  /** Tells the stores how ann is reached. */
  contact(parts?: Partial<Contact>): Promise<void>;
}

/** What messages need, around the stores of a world. */
export function messagingOf(world: World): Messaging {
  const rows = new ContactRows();
  const mails: Mail[] = [];
  const contacts = createMemoryContactStore(rows);
  return {
    mails,
    rows,
    dependencies: {
      ...world.dependencies,
      contacts,
      deliveries: createMemoryDeliveryStore(rows),
      sent: createMemorySentStore(rows),
      mailer: { send: async (mail) => void mails.push(mail) },
      messages: messageWriter,
      tokens: openTokens,
      pageTokens: openPageTokens,
      notifyQueue: world.inbox.queue('notify'),
      pagesBaseUrl: 'https://pages.example',
    },
    async contact(parts = {}) {
      const owner = { program: world.program.program, member: 'ann' };
      const context = { program: owner.program, redemption: 'ann', field: 'contact' } as const;
      const email = new Secret(JSON.stringify({ email: 'ann@home.example' }));
      const sealed = await bindingSealer.seal(context, email);
      const read = await contacts.read(owner);
      const plain = { off: [], consents: {}, saved: [] };
      const version = (read?.version ?? 0) + 1;
      await contacts.put({ ...owner, ...plain, sealed, ...parts, version });
    },
  };
}
