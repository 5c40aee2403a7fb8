import { type Role, roles } from '#contract/role.ts'
import { useWords } from '../ui/use-words.ts'

/** A role in words; the name of a person as it is. */
export function useRoleName(): (owner: string) => string {
  const { say } = useWords()
  const isRole = (owner: string): owner is Role => roles.some((role) => role === owner)
  return (owner) => (isRole(owner) ? say(`user.role.${owner}`) : owner)
}
