import type { Hold, HoldOwner } from '#contract/hold.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { type Role, roles } from '#contract/role.ts'
import type { HoldKey } from '#server/check/ask-for-release.ts'
import { handHoldTo } from '#server/check/hold.store.ts'
import { openHold, replyOf } from '#server/check/talk-about-hold.ts'
import { tellNewOwner } from '#server/check/tell-of-holds.ts'
import type { Reader } from '#server/platform/database.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { listPersons } from '#server/user/public.ts'

/** Hands a hold to a role or a person, who is told so. */
export function assignHold(
  context: Context,
  key: HoldKey,
  input: HoldOwner,
): Promise<Hold | Refusal> {
  const command = { name: 'hold.assign', permission: 'hold:write' } as const
  const asked = { ...input, holdId: key.id }
  return runCommand(context, { ...command, input: asked, subject: key.partyId }, async (tx) => {
    const hold = await openHold(tx, key)
    if (isRefusal(hold)) return hold
    const owner = await readOwner(tx, input.owner)
    if (isRefusal(owner)) return owner
    await handHoldTo(tx, key, owner.name)
    tx.announce({ kind: 'hold.assigned', partyId: key.partyId, id: key.id })
    await tellNewOwner(tx, hold, owner, context.actor.name)
    return replyOf(tx, key)
  })
}

type Owner = {
  readonly name: string
  readonly roles: readonly Role[]
  readonly names: readonly string[]
}

async function readOwner(db: Reader, text: string): Promise<Owner | Refusal> {
  const role = roles.find((one) => one === text)
  if (role) return { name: role, roles: [role], names: [] }
  const persons = (await listPersons(db)).filter(({ disabledAt }) => disabledAt === null)
  const person =
    persons.find(({ login }) => login.toLowerCase() === text.toLowerCase()) ??
    persons.find(({ name }) => name === text)
  if (person) return { name: person.name, roles: [], names: [person.login] }
  const detail = `owner: "${text}" is neither one of ${roles.join(', ')} nor a person who works here.`
  const zh = `没有名为“${text}”的角色或在职人员：从列表中选择处理人。`
  return refuse('invalid-input', detail, { field: 'owner', zh })
}
