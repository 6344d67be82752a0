import { addMs, type Instant } from '../../shared/domain/time.ts';
import type { Clock, QueueSender } from '../../shared/ports/runtime.ts';

export interface Message {
  readonly queue: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly dueAt: Instant;
}

/** All queues of a test: messages wait here, with their delay, until the test takes them. */
export class Inbox {
  readonly messages: Message[] = [];
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  queue(name: string): QueueSender {
    return {
      send: async ({ body, delaySeconds = 0 }) => {
        this.put({ queue: name, body }, delaySeconds * 1000);
      },
    };
  }

  put(message: Omit<Message, 'dueAt'>, delayMs = 0): void {
    const body = JSON.parse(JSON.stringify(message.body));
    this.messages.push({ ...message, body, dueAt: addMs(this.#clock.now(), delayMs) });
  }

  /** The next message by its due time; those of queues that are not named stay. */
  take(...queues: readonly string[]): Message | undefined {
    const wanted = this.messages.filter(({ queue }) => queues.includes(queue));
    const next = wanted.sort((left, right) => left.dueAt - right.dueAt)[0];
    if (next !== undefined) this.messages.splice(this.messages.indexOf(next), 1);
    return next;
  }
}
