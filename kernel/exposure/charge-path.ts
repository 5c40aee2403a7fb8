/** What ties a party to others; every party that a link leads to is known too. */
export type PartyLinks = {
  readonly id: string
  readonly mergedIntoId: string | null
  readonly payerId: string | null
  readonly groupParentId: string | null
  /** Whether other parties name it as their group's head. */
  readonly headsGroup: boolean
}

export type ChargePath = {
  /** Whose limit and conduct decide for what the buyer buys. */
  readonly chargedId: string
  /** Heads of the groups whose limits hold too, nearest first. */
  readonly groupIds: readonly string[]
}

/**
 * Decides whose account a buyer's documents charge: a merged duplicate counts as its survivor, and
 * who pays stands for who orders. Groups are those of the charged party, itself included where it
 * heads one. Links that lead in a circle end where they began.
 */
export function chargePathOf(buyerId: string, links: ReadonlyMap<string, PartyLinks>): ChargePath {
  const survivorOf = (id: string) => follow(id, (link) => link.mergedIntoId, links)
  const buyer = survivorOf(buyerId)
  const chargedId = follow(
    buyer,
    (link) => (link.payerId === null ? null : survivorOf(link.payerId)),
    links,
  )
  const groupIds: string[] = []
  if (links.get(chargedId)?.headsGroup) groupIds.push(chargedId)
  for (let id = chargedId; ; ) {
    const parent = links.get(id)?.groupParentId ?? null
    if (parent === null) break
    id = survivorOf(parent)
    if (groupIds.includes(id) || id === chargedId) break
    groupIds.push(id)
  }
  return { chargedId, groupIds }
}

function follow(
  from: string,
  next: (link: PartyLinks) => string | null,
  links: ReadonlyMap<string, PartyLinks>,
): string {
  const seen = new Set<string>()
  for (let id = from; ; ) {
    seen.add(id)
    const link = links.get(id)
    const to = link ? next(link) : null
    if (to === null || seen.has(to)) return id
    id = to
  }
}
