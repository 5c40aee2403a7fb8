import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { NewPerson } from '#contract/user.ts'
import type { SimulatedCompany } from '#kernel/simulator/company.ts'
import type { Context } from '#server/platform/run-command.ts'
import { createDepartment, createPerson } from '#server/user/public.ts'

/** Somebody of the demonstration who may sign in, with a password made for this installation. */
export type DemoSignIn = { readonly login: string; readonly password: string }

const salesCentre = '销售中心'

/** Its departments, and one person for each kind of work: who sells sees their own customers. */
export async function hirePeople(
  context: Context,
  company: SimulatedCompany,
): Promise<DemoSignIn[] | Refusal> {
  for (const name of [salesCentre, '信用部', '财务部']) {
    const made = await createDepartment(context, { name })
    if (isRefusal(made)) return made
    if (name !== salesCentre) continue
    for (const department of company.departments) {
      const below = await createDepartment(context, { name: department.name, parentId: made.id })
      if (isRefusal(below)) return below
    }
  }
  const made = await Promise.all(peopleOf(company).map((person) => createPerson(context, person)))
  const signIns: DemoSignIn[] = []
  for (const person of made) {
    if (isRefusal(person)) return person
    signIns.push({ login: person.login, password: person.initialPassword ?? '' })
  }
  return signIns
}

/** The first salesperson of the first department, and who leads it, look after some customers. */
function peopleOf({ departments, salespeople }: SimulatedCompany): NewPerson[] {
  const [department] = departments
  const [seller, lead] = salespeople.filter(
    ({ departmentCode }) => departmentCode === department?.code,
  )
  const sold = department ? { department: department.name } : {}
  return [
    {
      login: 'credit',
      name: '陈慧',
      roles: ['credit-manager'],
      department: '信用部',
      scope: 'all',
    },
    { login: 'sales', name: seller?.name ?? '', roles: ['sales'], ...sold, scope: 'own' },
    { login: 'lead', name: lead?.name ?? '', roles: ['sales'], ...sold, scope: 'department' },
    {
      login: 'accountant',
      name: '林静',
      roles: ['accountant'],
      department: '财务部',
      scope: 'all',
    },
  ]
}
