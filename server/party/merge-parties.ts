import type { NewMerge, Party } from '#contract/party.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { judgeDuplicate } from '#kernel/party/suggest-duplicates.ts'
import { chainUpFrom, lockStructure, paidForBy } from '#server/party/group.store.ts'
import { insertMerge } from '#server/party/merge.store.ts'
import { findIdentities } from '#server/party/name-index.store.ts'
import { refusedAsMerged } from '#server/party/own-file.ts'
import { familyIdsOf, lockParties } from '#server/party/party.store.ts'
import { schemeZh } from '#server/party/read-fields.ts'
import { known } from '#server/party/suggest-duplicates.ts'
import { seesParty } from '#server/party/visible-party.ts'
import type { Reader } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/**
 * Lets a duplicate count as another party, together with all that was merged into it before. Every
 * row stays with the party that it was written for, so the merge can be undone. Refused where valid
 * codes contradict each other, or a group or payer would point at itself.
 */
export function mergeParties(
  context: Context,
  partyId: string,
  { duplicateId, reason }: NewMerge,
): Promise<{ id: string; partyId: string; duplicateId: string } | Refusal> {
  return runCommand(
    context,
    {
      name: 'party.merge',
      permission: 'party:merge',
      input: { partyId, duplicateId, reason },
      subject: partyId,
    },
    async (tx) => {
      await lockStructure(tx)
      if (!(await seesParty(tx, context.actor, duplicateId))) return noDuplicate
      const pair = await loadPair(tx, partyId, duplicateId)
      if (isRefusal(pair)) return pair
      const refused =
        (await refusedByCodes(tx, pair)) ??
        (await refusedByGroup(tx, pair)) ??
        (await refusedByPayer(tx, pair))
      if (refused) return refused
      const id = newId()
      await insertMerge(tx, { id, partyId, duplicateId, reason, mergedBy: context.actor.name })
      await tx.enqueue('exposure_follow', { partyIds: [partyId, duplicateId] })
      await tx.emit({ kind: 'party.merged', partyId, facts: { mergeId: id, duplicateId, reason } })
      return { id, partyId, duplicateId }
    },
  )
}

const noDuplicate = refuse('not-found', 'duplicateId: there is no such party.', {
  zh: '找不到要合并的重复客户。',
})

type Pair = { readonly survivor: Party; readonly duplicate: Party }

async function loadPair(
  tx: Parameters<typeof lockParties>[0],
  partyId: string,
  duplicateId: string,
): Promise<Pair | Refusal> {
  if (partyId === duplicateId) {
    return refuse('invalid-input', 'duplicateId: a party cannot be merged into itself.', {
      zh: '客户不能与自己合并。',
    })
  }
  const rows = await lockParties(tx, [partyId, duplicateId])
  const survivor = rows.find((row) => row.id === partyId)
  const duplicate = rows.find((row) => row.id === duplicateId)
  if (!survivor) return refuse('not-found', 'There is no such party.')
  if (!duplicate) return noDuplicate
  const merged = (await refusedAsMerged(tx, duplicate)) ?? (await refusedAsMerged(tx, survivor))
  return merged ?? { survivor, duplicate }
}

/** Every member of the one family is compared with every member of the other. */
async function refusedByCodes(db: Reader, pair: Pair): Promise<Refusal | undefined> {
  const [left, right] = await Promise.all(
    [pair.survivor, pair.duplicate].map(async ({ id }) =>
      (await findIdentities(db, await familyIdsOf(db, id))).map(known),
    ),
  )
  for (const a of left ?? []) {
    for (const b of right ?? []) {
      const [nameA, nameB] = [a.names[0], b.names[0]]
      if (!nameA || !nameB) continue
      const judgement = judgeDuplicate(
        { name: nameA, identifiers: a.codes },
        { name: nameB, identifiers: b.codes },
      )
      if (judgement.kind !== 'different' || judgement.reason !== 'conflicting-codes') continue
      const { scheme, a: ofA, b: ofB } = judgement.conflict
      const zh =
        `${a.code} ${a.name} 的${schemeZh[scheme]}是 ${ofA}，${b.code} ${b.name} 的是 ${ofB}：` +
        '两个有效号码不同，不是同一家公司，不能合并。'
      return refuse(
        'conflict',
        `${a.code} ${a.name} has the ${scheme} ${ofA} and ${b.code} ${b.name} has ${ofB}: ` +
          'valid codes that differ belong to two companies.',
        { scheme, codes: [ofA, ofB], zh },
      )
    }
  }
  return undefined
}

async function refusedByGroup(
  db: Reader,
  { survivor, duplicate }: Pair,
): Promise<Refusal | undefined> {
  const above = await chainUpFrom(db, survivor.id)
  const at = above.findIndex((one) => one.id === duplicate.id)
  if (at < 0) return undefined
  const chain = above.slice(0, at + 1).map((one) => `${one.code} ${one.name}`)
  const zh =
    `重复客户在集团中位于保留客户之上（${chain.join(' → ')}）：` +
    '先修改上级集团，或者对调两者再合并。'
  return refuse(
    'conflict',
    `The duplicate stands above the survivor in its group (${chain.join(' → ')}): ` +
      'change the group first, or merge the other way round.',
    { chain: above.slice(0, at + 1).map((one) => one.id), zh },
  )
}

async function refusedByPayer(
  db: Reader,
  { survivor, duplicate }: Pair,
): Promise<Refusal | undefined> {
  if (survivor.payerId === null) return undefined
  const family = await familyIdsOf(db, duplicate.id)
  const [paidFor] = await paidForBy(db, family)
  if (!paidFor) return undefined
  const zh =
    `${duplicate.code} ${duplicate.name} 为 ${paidFor.code} ${paidFor.name} 付款，而 ` +
    `${survivor.code} ${survivor.name} 由另一方付款：先修改其中一个的付款方。`
  return refuse(
    'conflict',
    `${duplicate.code} ${duplicate.name} pays for ${paidFor.code} ${paidFor.name}, while another ` +
      `party pays for ${survivor.code} ${survivor.name}: change one payer first.`,
    { paidForId: paidFor.id, zh },
  )
}
