import { partyRoles } from '#contract/party.ts'
import { roles } from '#contract/role.ts'
import type { KnownNames } from '#kernel/check/check-check-rules.ts'

/** The roles that check rules may name: of the people who work with us, and of parties. */
export const knownNames: KnownNames = { roles, partyRoles }
