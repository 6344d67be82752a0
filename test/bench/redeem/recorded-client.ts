import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

interface Call {
  readonly constructor: { readonly name: string };
  readonly input: Record<string, unknown>;
}

/** What tells two calls of a request apart; cheap, since both sides pay for it. */
function nameOf(call: Call): string {
  const kind = call.constructor.name;
  const { Key, ExpressionAttributeValues } = call.input as {
    readonly Key?: { readonly pk?: { S?: string }; readonly sk?: { S?: string } };
    readonly ExpressionAttributeValues?: Readonly<Record<string, { S?: string }>>;
  };
  if (Key !== undefined) return `${kind} ${Key.pk?.S} ${Key.sk?.S}`;
  const [first] = Object.values(ExpressionAttributeValues ?? {});
  return `${kind} ${first?.S}`;
}

/** DynamoDB's own answers, given again at once: what is left is our own time. */
export class RecordedClient {
  readonly #client: DynamoDBClient;
  readonly #answers = new Map<string, unknown>();
  /** Give what was answered first, or ask and remember. */
  replay = false;

  constructor(client: DynamoDBClient) {
    this.#client = client;
  }

  /** As the SDK's: one command, one promise. */
  readonly send = async (command: unknown): Promise<unknown> => {
    const call = command as Call;
    const name = nameOf(call);
    if (this.replay) {
      if (!this.#answers.has(name)) throw new Error(`Nobody has answered ${name}.`);
      return this.#answers.get(name);
    }
    const answer = await this.#client.send(command as Parameters<DynamoDBClient['send']>[0]);
    if (!this.#answers.has(name)) this.#answers.set(name, answer);
    return answer;
  };
}
