export type FailureCode =
  | 'JAVA_MISSING'
  | 'DYNAMODB_FAILED'
  | 'STATE_IN_USE'
  | 'STATE_FILE_UNREADABLE'
  | 'SYNTH_FAILED'
  | 'TEMPLATE_UNSUPPORTED'
  | 'SECRET_MISSING';

/** Something that the person at the keyboard can act on; the message is a whole sentence. */
export class LocalRuntimeError extends Error {
  override readonly name: string = 'LocalRuntimeError';
  readonly code: FailureCode;

  constructor(code: FailureCode, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.code = code;
  }
}

/** The template asks for something that only the cloud can do, at this path in it. */
export function unsupported(place: string, sentence: string): LocalRuntimeError {
  return new LocalRuntimeError('TEMPLATE_UNSUPPORTED', `${place}: ${sentence}`);
}
