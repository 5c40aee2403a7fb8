import { type Refusal, refuse } from '#contract/problem.ts'
import type { Actor, PartyScope } from '#server/platform/run-command.ts'

type Seeing = Pick<Actor, 'scope'>
type Owned = { readonly salesperson: string | null; readonly department: string | null }

/** Who a new party is for where nobody is told: the person, or the department that they see. */
export function ownersFor({ scope }: Seeing, given: Partial<Owned>): Partial<Owned> {
  if (scope === undefined || isOwned(scope, given)) return {}
  const [department] = scope.departments
  const [salesperson] = scope.salespeople
  if (department !== undefined && given.department === undefined) return { department }
  return salesperson !== undefined && given.salesperson === undefined ? { salesperson } : {}
}

/** Refuses to let a party out of one's own sight. */
export function refusedOutOfSight({ scope }: Seeing, of: Partial<Owned>): Refusal | undefined {
  if (scope === undefined || isOwned(scope, of)) return undefined
  const [name = ''] = [...scope.departments, ...scope.salespeople]
  return refuse(
    'forbidden',
    `salesperson, department: you see parties of ${name} only; ask who sees all to hand it over.`,
    {
      fields: ['salesperson', 'department'],
      zh: `业务员、部门：您只能看到 ${name} 的客户；要转交，联系能看到全部客户的人。`,
    },
  )
}

function isOwned(scope: PartyScope, { department, salesperson }: Partial<Owned>): boolean {
  return (
    (salesperson != null && scope.salespeople.includes(salesperson)) ||
    (department != null && scope.departments.includes(department))
  )
}
