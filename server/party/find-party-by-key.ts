import type { Party } from '#contract/party.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { matchParties } from '#server/party/match-parties.ts'
import { findParties, findParty } from '#server/party/party.store.ts'
import { seesParty, visibleIds } from '#server/party/visible-party.ts'
import type { Reader } from '#server/platform/database.ts'
import { isId } from '#server/platform/ids.ts'
import type { Actor } from '#server/platform/run-command.ts'

/** The party that a person means by an id, code, credit code or exact (former) name, if they see it. */
export async function findPartyByKey(
  { actor, db }: { readonly actor: Actor; readonly db: Reader },
  key: string,
): Promise<Party | Refusal> {
  const asked = key.trim()
  const byId = isId(asked) ? await findParty(db, asked) : undefined
  if (byId && (await seesParty(db, actor, byId.id))) return byId
  const identifiers = (['uscc', 'lei', 'duns'] as const).map((scheme) => ({ scheme, value: asked }))
  const matches = await matchParties(db, [{ ref: asked, code: asked, name: asked, identifiers }])
  const match = matches.get(asked)
  if (match?.kind === 'found') {
    const party = await findParty(db, match.partyId)
    if (party && (await seesParty(db, actor, party.id))) return party
  }
  const isUnsure = match?.kind === 'ambiguous' || match?.kind === 'similar'
  const seen = isUnsure ? [...(await visibleIds(db, actor, match.partyIds))] : []
  if (!isUnsure || seen.length === 0) {
    const zh = `没有编码、信用代码或名称为“${asked}”的客户。`
    return refuse('not-found', `No party has the id, code, credit code or name "${asked}".`, { zh })
  }
  const parties = await findParties(db, seen)
  const names = parties.map((party) => `${party.code} ${party.name}`)
  const [named, namedZh] = [names.join(', '), names.join('、')]
  const facts = { parties: parties.map(({ id, code, name }) => ({ id, code, name })) }
  return match.kind === 'similar'
    ? refuse('not-found', `No party is called "${asked}" exactly. Similar: ${named}.`, {
        ...facts,
        zh: `没有名称正好是“${asked}”的客户。名称相近的有：${namedZh}。`,
      })
    : refuse('conflict', `"${asked}" may be ${named}: give the code.`, {
        ...facts,
        zh: `“${asked}”可能是 ${namedZh}，应填写客户编码。`,
      })
}
