import type { EventSubject } from '../earning/event.ts';
import { type CompiledPattern, compilePattern } from '../pattern/compile.ts';
import { createRuleIndex, type RuleIndex } from '../pattern/rule-index.ts';
import { invariant } from '../result.ts';
import type { Instant } from '../time.ts';
import type { EarningRule, Program, ReturnRule } from './schema.ts';
import type { ProgramVersion } from './version.ts';

/** A version of a program with its patterns compiled, ready to judge events. */
export interface CompiledProgram {
  readonly program: Program;
  /** When this version came into force. */
  readonly from: Instant;
  readonly rules: RuleIndex<EarningRule>;
  readonly returns: RuleIndex<ReturnRule>;
  /** Whether a pattern that stands in this program matches; compiled at its first use. */
  readonly matches: (pattern: object, subject: EventSubject) => boolean;
}

/** Throws on a pattern that the matcher does not know: such a program was never published. */
export function compileProgram({ program, from }: ProgramVersion): CompiledProgram {
  const { rules, returns } = program.earning;
  const compiled = new Map<object, CompiledPattern>();
  return {
    program,
    from,
    rules: createRuleIndex(rules.map((rule) => ({ pattern: rule.when, value: rule }))),
    returns: createRuleIndex(returns.map((rule) => ({ pattern: rule.when, value: rule }))),
    matches: (pattern, subject) => {
      const known = compiled.get(pattern) ?? compile(pattern);
      compiled.set(pattern, known);
      return known(subject);
    },
  };
}

function compile(pattern: object): CompiledPattern {
  const result = compilePattern(pattern);
  invariant(result.ok, 'A published program holds only patterns that compile.');
  return result.value;
}
