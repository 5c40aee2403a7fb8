/** A department as it is kept; the tree is made of these. */
export type DepartmentRow = {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
  readonly formerNames: readonly string[]
}

/** The department and all above it, upwards. */
function chainOf(all: readonly DepartmentRow[], id: string): DepartmentRow[] {
  const own = all.find((department) => department.id === id)
  if (!own) return []
  return own.parentId === null ? [own] : [own, ...chainOf(all, own.parentId)]
}

/** Its name with those above it, from the top: `销售中心/华东销售部`. */
export function pathOf(all: readonly DepartmentRow[], id: string): string {
  const names = chainOf(all, id).map(({ name }) => name)
  return names.reverse().join('/')
}

export function isBelow(all: readonly DepartmentRow[], id: string, aboveId: string): boolean {
  return chainOf(all, id).some((department) => department.id === aboveId)
}

/**
 * What a credit file may say to mean a department: its path, and its name where no other bears it;
 * the names that it had, as long as they mean nobody else.
 */
function labelsOf(all: readonly DepartmentRow[], of: DepartmentRow): string[] {
  const others = all.filter(({ id }) => id !== of.id)
  const isFree = (name: string) =>
    others.every((other) => other.name !== name && !other.formerNames.includes(name))
  const own = others.some(({ name }) => name === of.name) ? [] : [of.name]
  return [...own, pathOf(all, of.id), ...of.formerNames.filter(isFree)]
}

/** What credit files say to mean a department or one below it, its own name first. */
export function labelsBelow(all: readonly DepartmentRow[], id: string): string[] {
  const own = all.filter((department) => department.id === id)
  const below = all.filter((department) => department.id !== id && isBelow(all, department.id, id))
  return [...new Set([...own, ...below].flatMap((department) => labelsOf(all, department)))]
}

/** The department that a text means. */
export function departmentOf(
  all: readonly DepartmentRow[],
  text: string,
): DepartmentRow | undefined {
  return all.find((department) => labelsOf(all, department).includes(text))
}
