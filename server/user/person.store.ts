import { sql } from 'kysely'
import type { Role } from '#contract/role.ts'
import type { OwnChange } from '#contract/sign-in.ts'
import type { DataScope, Person, PersonChange } from '#contract/user.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'
import { type ScopeFacts, scopeFacts } from '#server/user/scope-of.ts'

const columns = sql`
  id, login, name, roles, coalesce(${departmentPath()}, department) as department,
  department_id as "departmentId", coalesce(data_scope, 'all') as scope, email,
  disabled_at as "disabledAt", created_at as "createdAt"`

/** From the top of the tree, as it means the department wherever it is given. */
function departmentPath() {
  return sql`(
    with recursive up (parent_id, path) as (
      select d.parent_id, d.name from "user".department d where d.id = department_id
      union all
      select d.parent_id, d.name || '/' || up.path
      from up join "user".department d on d.id = up.parent_id
    )
    select path from up where parent_id is null)`
}

export type PersonWithPassword = Person & { passwordHash: string; passwordIsInitial: boolean }

export function listPersons(db: Reader): Promise<Person[]> {
  return db.rows(sql<Person>`select ${columns} from "user".person order by lower(login)`)
}

const colleaguesShown = 12

type Colleague = Pick<Person, 'id' | 'login' | 'name'>

/** Who may sign in and has the text in the name or at the beginning of the login. */
export function findColleagues(db: Reader, text: string): Promise<Colleague[]> {
  return db.rows(sql<Colleague>`
    select id, login, name from "user".person
    where disabled_at is null
      and (strpos(lower(name), lower(${text})) > 0 or starts_with(lower(login), lower(${text})))
    order by lower(login) limit ${colleaguesShown}`)
}

export function findPerson(db: Reader, id: string): Promise<Person | undefined> {
  return db.row(sql<Person>`select ${columns} from "user".person where id = ${id}`)
}

export function findPersonByLogin(
  db: Reader,
  login: string,
): Promise<PersonWithPassword | undefined> {
  return db.row(sql<PersonWithPassword>`
    select ${columns}, password_hash as "passwordHash",
      password_is_initial as "passwordIsInitial"
    from "user".person where lower(login) = lower(${login})`)
}

export async function insertPerson(
  tx: Transaction,
  person: {
    id: string
    login: string
    name: string
    roles: readonly Role[]
    department: string | null
    departmentId: string | null
    scope: DataScope
    email: string | null
    passwordHash: string
    passwordIsInitial: boolean
  },
): Promise<boolean> {
  const added = await tx.run(sql`
    insert into "user".person
      (id, login, name, roles, department, department_id, data_scope, email, password_hash,
      password_is_initial)
    values (${person.id}, ${person.login}, ${person.name}, ${list(person.roles)},
      ${person.department}, ${person.departmentId}, ${person.scope}, ${person.email},
      ${person.passwordHash}, ${person.passwordIsInitial})
    on conflict do nothing`)
  return added === 1
}

export async function updatePassword(
  tx: Transaction,
  id: string,
  hash: string,
  isInitial: boolean,
): Promise<void> {
  await tx.run(sql`
    update "user".person set password_hash = ${hash}, password_is_initial = ${isInitial}
    where id = ${id}`)
}

/** A scope or an e-mail address that is not told stays as it is. */
export async function updatePerson(
  tx: Transaction,
  id: string,
  change: PersonChange & { departmentId: string | null },
): Promise<void> {
  await tx.run(sql`
    update "user".person set roles = ${list(change.roles)}, name = ${change.name},
      department = ${change.department}, department_id = ${change.departmentId},
      data_scope = coalesce(${change.scope ?? null}, data_scope),
      email = case when ${change.email === undefined} then email else ${change.email ?? null} end,
      disabled_at = case when ${change.disabled} then coalesce(disabled_at, now()) end
    where id = ${id}`)
}

export function findOwnChoices(
  db: Reader,
  id: string,
): Promise<{ language: 'zh-CN' | 'en' | null; passwordIsInitial: boolean } | undefined> {
  return db.row(sql<{ language: 'zh-CN' | 'en' | null; passwordIsInitial: boolean }>`
    select language, password_is_initial as "passwordIsInitial"
    from "user".person where id = ${id}`)
}

export async function updateLanguage(
  tx: Transaction,
  id: string,
  language: OwnChange['language'],
): Promise<void> {
  await tx.run(sql`update "user".person set language = ${language} where id = ${id}`)
}

type PersonToTell = Pick<Person, 'id' | 'name' | 'login' | 'email' | 'departmentId'> & {
  readonly scope: DataScope | null
} & ScopeFacts

/** People who may sign in and have one of the roles, or one of the names as name or login. */
export function findPersonsToTell(
  db: Reader,
  of: { roles: readonly Role[]; names: readonly string[] },
): Promise<PersonToTell[]> {
  return db.rows(sql<PersonToTell>`
    select id, name, login, email, department_id as "departmentId", data_scope as scope,
      ${scopeFacts}
    from "user".person p
    where disabled_at is null and (roles && ${list(of.roles)}::text[]
      or name = any(${list(of.names)}::text[]) or login = any(${list(of.names)}::text[]))
    order by id`)
}

export type NamedPerson = Pick<Person, 'id' | 'login' | 'name' | 'roles'>

/** People who may sign in, by their logins in small letters. */
export function findPersonsByLogin(db: Reader, logins: readonly string[]): Promise<NamedPerson[]> {
  return db.rows(sql<NamedPerson>`
    select id, login, name, roles from "user".person
    where lower(login) = any(${list(logins)}::text[]) and disabled_at is null`)
}

export function findPersonsById(db: Reader, ids: readonly string[]): Promise<NamedPerson[]> {
  return db.rows(sql<NamedPerson>`
    select id, login, name, roles from "user".person where id = any(${list(ids)}::uuid[])`)
}

/** How many administrators could still sign in if this person could not. */
export async function countOtherAdmins(db: Reader, id: string): Promise<number> {
  const row = await db.row(sql<{ count: bigint }>`
    select count(*) from "user".person
    where 'admin' = any(roles) and disabled_at is null and id <> ${id}`)
  return Number(row?.count ?? 0n)
}
