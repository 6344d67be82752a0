import type { Choice } from '../domain/choice/choice.ts';

export interface ChoiceKey {
  readonly program: string;
  readonly member: string;
  readonly id: string;
}

export interface ChoiceStore {
  read(key: ChoiceKey): Promise<Choice | undefined>;
  /** On condition that the version before it stands (1: there was none). */
  put(choice: Choice): Promise<'done' | 'lost'>;
}
