import type { Choice } from '../../domain/choice/choice.ts';
import type { ChoiceKey, ChoiceStore } from '../../ports/choices.ts';

const maximumRounds = 12;

/**
 * The choice as it stands after a change, or without one where `changed` has nothing to change;
 * `undefined` where there is none. Whatever others write meanwhile is looked at anew.
 */
export async function changeChoice(
  choices: ChoiceStore,
  key: ChoiceKey,
  changed: (choice: Choice) => Choice | undefined,
): Promise<Choice | undefined> {
  for (let round = 1; round <= maximumRounds; round += 1) {
    const read = await choices.read(key);
    const next = read && changed(read);
    if (next === undefined) return read;
    if ((await choices.put(next)) === 'done') return next;
  }
  throw new Error(`The choice kept changing over ${maximumRounds} rounds.`);
}
