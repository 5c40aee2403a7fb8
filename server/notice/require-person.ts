import { type Refusal, refuse } from '#contract/problem.ts'
import type { Context } from '#server/platform/run-command.ts'

/** Notices are for people: a key or the operator at the command line has none. */
export function requirePerson({ actor }: Context): Refusal | undefined {
  return actor.kind === 'person'
    ? undefined
    : refuse('wrong-state', 'Only a person has notices: sign in instead of using a key.')
}
