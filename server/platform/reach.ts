import { type Problem, refuse } from '#contract/problem.ts'
import type { Reach, Route } from '#server/platform/route.ts'
import type { Context } from '#server/platform/run-command.ts'

export type Sees = (context: Context, partyId: string) => Promise<boolean>

/**
 * Why a caller who does not see everybody's parties is not let in, before anything is read or
 * written. What is out of sight is answered as what does not exist. A URL that tells no reach is
 * closed to them.
 */
export async function refusedAsOutOfReach(
  context: Context,
  route: Pick<Route, 'access' | 'path' | 'reach'>,
  params: unknown,
  sees: Sees,
): Promise<Problem | undefined> {
  if (context.actor.scope === undefined) return undefined
  const named = (params ?? {}) as Readonly<Record<string, string>>
  const reach = reachOf(route)
  switch (reach) {
    case 'nothing':
    case 'filtered':
      return undefined
    case 'company':
      return wholeCompany
    case 'party': {
      const partyId = named.partyId ?? ''
      return (await sees(context, partyId)) ? undefined : noParty
    }
    default: {
      const partyId = await reach(context.db, named)
      return partyId !== undefined && (await sees(context, partyId)) ? undefined : nothingThere
    }
  }
}

/** What a URL concerns: a party that it names, or what it tells by itself. */
function reachOf({
  access,
  path,
  reach,
}: Pick<Route, 'access' | 'path' | 'reach'>): Reach | 'party' {
  if (reach !== undefined) return reach
  if (path.includes('/:partyId')) return 'party'
  return access === 'public' ? 'nothing' : 'company'
}

const noParty = refuse('not-found', 'There is no such party.').refused
const nothingThere = refuse('not-found', 'There is nothing with this id.').refused
const wholeCompany = refuse(
  'forbidden',
  'This concerns customers of the whole company, of whom you see a part: ask an administrator.',
  { scope: 'all', zh: '这里涉及全公司的客户，而您只能看到其中一部分；如有需要，联系管理员。' },
).refused
