/** Groups of nodes that reach each other (Tarjan's strongly connected components, two or more). */
export function cyclesIn(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  return componentsOf(graph).filter((group) => group.length > 1)
}

/** Every node after all that it leads to; only for graphs without cycles. */
export function orderOf(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  return componentsOf(graph).flat()
}

function componentsOf(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const groups: string[][] = []
  const visit = (node: string) => {
    index.set(node, index.size)
    low.set(node, index.size - 1)
    stack.push(node)
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) visit(next)
      const reached = stack.includes(next) ? (low.get(next) ?? 0) : Number.POSITIVE_INFINITY
      low.set(node, Math.min(low.get(node) ?? 0, reached))
    }
    if (low.get(node) === index.get(node)) groups.push(stack.splice(stack.indexOf(node)).sort())
  }
  for (const node of graph.keys()) if (!index.has(node)) visit(node)
  return groups
}
