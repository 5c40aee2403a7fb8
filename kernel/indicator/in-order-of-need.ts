/**
 * Items after those that they need, otherwise in their order. Where some need each other in a
 * circle, one such circle is told by its ids; needs of unknown ids do not matter.
 */
export function inOrderOfNeed<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  needsOf: (item: Item) => readonly string[],
): { readonly ordered: readonly Item[]; readonly cycle: readonly string[] } {
  const byId = new Map(items.map((item) => [idOf(item), item]))
  const ordered: Item[] = []
  const done = new Set<string>()
  const path: string[] = []
  let cycle: readonly string[] = []
  const place = (item: Item): void => {
    const id = idOf(item)
    if (done.has(id)) return
    if (path.includes(id)) {
      if (cycle.length === 0) cycle = path.slice(path.indexOf(id))
      return
    }
    path.push(id)
    for (const need of needsOf(item)) {
      const needed = byId.get(need)
      if (needed !== undefined) place(needed)
    }
    path.pop()
    done.add(id)
    ordered.push(item)
  }
  items.forEach(place)
  return { ordered, cycle }
}
