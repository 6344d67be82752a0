/** What a function environment is started with. */
export interface EnvironmentSettings {
  readonly name: string;
  readonly arn: string;
  readonly memoryMb: number;
  /** File URL of the module that exports the handler. */
  readonly module: string;
  readonly exportName: string;
}

export interface Invocation {
  readonly requestId: string;
  /** JSON, as Lambda hands events over. */
  readonly event: string;
  /** Epoch ms at which the environment is ended. */
  readonly deadlineMs: number;
  /** Between the machine's clock and the one that the function is to see. */
  readonly clockOffsetMs: number;
}

export type EnvironmentReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'printed'; readonly text: string }
  /** `result` is JSON; undefined where the handler returned nothing. */
  | { readonly kind: 'result'; readonly result: string | undefined }
  | { readonly kind: 'failed'; readonly errorType: string; readonly errorMessage: string };
