import type { Choice } from '../../domain/choice/choice.ts';
import type { ChoiceKey, ChoiceStore } from '../../ports/choices.ts';
import { putVersion } from './contact-version.ts';
import { keyOf } from './memory-table.ts';

export function createMemoryChoiceStore(choices = new Map<string, Choice>()): ChoiceStore {
  const choiceKey = ({ program, member, id }: ChoiceKey) => keyOf(program, member, id);
  return {
    read: async (key) => choices.get(choiceKey(key)),
    put: async (choice) => putVersion(choices, choiceKey(choice), choice),
  };
}
