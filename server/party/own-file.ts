import type { Party } from '#contract/party.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { chainUpFrom, paidForBy } from '#server/party/group.store.ts'
import { familyIdsOf, findParty, lockParties } from '#server/party/party.store.ts'
import { seesParty } from '#server/party/visible-party.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'

/** Locks a party whose file may be written; a merged duplicate's file rests until it is undone. */
export async function lockOwnFile(tx: Transaction, partyId: string): Promise<Party | Refusal> {
  const [party] = await lockParties(tx, [partyId])
  if (!party) return refuse('not-found', 'There is no such party.')
  return (await refusedAsMerged(tx, party)) ?? party
}

export async function refusedAsMerged(db: Reader, party: Party): Promise<Refusal | undefined> {
  if (party.mergedIntoId === null) return undefined
  const survivor = await findParty(db, party.mergedIntoId)
  const zh =
    `${party.code} ${party.name} 已并入 ${survivor?.code} ${survivor?.name}：` +
    '应修改保留的客户，或者先撤销合并。'
  return refuse(
    'wrong-state',
    `${party.code} ${party.name} was merged into ${survivor?.code} ${survivor?.name}: ` +
      'change that one, or undo the merge.',
    { survivorId: party.mergedIntoId, zh },
  )
}

/** A code that another party has; of one that is out of sight nothing else is told. */
export async function refusedAsTaken(db: Reader, actor: Actor, other: Party): Promise<Refusal> {
  if (!(await seesParty(db, actor, other.id))) {
    return refuse(
      'already-exists',
      `code: ${other.code} is taken: a party has it that you do not see.`,
      { zh: `编码：${other.code} 已被占用，使用它的客户不在您的数据范围内。` },
    )
  }
  return refuse('already-exists', `code: ${other.code} is ${other.name}.`, {
    partyId: other.id,
    zh: `编码：${other.code} 已是 ${other.name} 的编码。`,
  })
}

type Links = { groupParentId?: string | null | undefined; payerId?: string | null | undefined }

/**
 * The parent and payer that a party may have: those named, or their survivors. Refuses a group that
 * would contain itself and a payer who lets another one pay. The caller holds the structure's lock.
 */
export async function checkLinks(
  of: { readonly db: Reader; readonly actor: Actor },
  party: { id: string; code: string; name: string },
  links: Links,
): Promise<{ groupParentId?: string | null; payerId?: string | null } | Refusal> {
  const { actor, db } = of
  const checked: { groupParentId?: string | null; payerId?: string | null } = {}
  for (const field of ['groupParentId', 'payerId'] as const) {
    const id = links[field]
    if (!id || (await seesParty(db, actor, id))) continue
    return noSuchLink(field)
  }
  if (links.groupParentId === null) checked.groupParentId = null
  else if (links.groupParentId !== undefined) {
    const parentId = await checkParent(db, party, links.groupParentId)
    if (isRefusal(parentId)) return parentId
    checked.groupParentId = parentId
  }
  if (links.payerId === null) checked.payerId = null
  else if (links.payerId !== undefined) {
    const payerId = await checkPayer(db, party, links.payerId)
    if (isRefusal(payerId)) return payerId
    checked.payerId = payerId
  }
  return checked
}

async function checkParent(
  db: Reader,
  party: { id: string; code: string; name: string },
  parentId: string,
): Promise<string | Refusal> {
  const chain = await chainUpFrom(db, parentId)
  const [parent] = chain
  if (!parent) return noSuchLink('groupParentId')
  const at = chain.findIndex((above) => above.id === party.id)
  if (at < 0) return parent.id
  const circle = [party, ...chain.slice(0, at + 1)].map((one) => `${one.code} ${one.name}`)
  return refuse(
    'conflict',
    `groupParentId: the group would contain itself: ${circle.join(' → ')}.`,
    {
      chain: chain.slice(0, at + 1).map((above) => above.id),
      zh: `上级集团：集团会包含自己：${circle.join(' → ')}。`,
    },
  )
}

async function checkPayer(
  db: Reader,
  party: { id: string; code: string; name: string },
  payerId: string,
): Promise<string | Refusal> {
  const [survivorId = payerId] = await familyIdsOf(db, payerId)
  const payer = await findParty(db, survivorId)
  if (!payer) return noSuchLink('payerId')
  if (payer.id === party.id) {
    return refuse('conflict', 'payerId: leave it empty where a party pays for itself.', {
      zh: '付款方：客户自己付款时不用填。',
    })
  }
  if (payer.payerId !== null) {
    return refuse(
      'conflict',
      `payerId: ${payer.code} ${payer.name} does not pay itself: name who pays for it.`,
      {
        payerId: payer.payerId,
        zh: `付款方：${payer.code} ${payer.name} 也由别人付款，应填实际付款的一方。`,
      },
    )
  }
  const [paidFor] = await paidForBy(db, await familyIdsOf(db, party.id))
  if (!paidFor) return payer.id
  return refuse(
    'conflict',
    `payerId: ${party.code} ${party.name} pays for ${paidFor.code} ${paidFor.name}, ` +
      'so nobody may pay for it.',
    {
      paidForId: paidFor.id,
      zh:
        `付款方：${party.code} ${party.name} 为 ${paidFor.code} ${paidFor.name} 付款，` +
        '不能再由别人付款。',
    },
  )
}

function noSuchLink(field: 'groupParentId' | 'payerId'): Refusal {
  const zh = `${field === 'payerId' ? '付款方' : '上级集团'}：没有这个客户。`
  return refuse('not-found', `${field}: there is no such party.`, { zh })
}
