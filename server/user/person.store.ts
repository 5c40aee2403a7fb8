import { sql } from 'kysely'
import type { Role } from '#contract/role.ts'
import type { OwnChange } from '#contract/sign-in.ts'
import type { Person, PersonChange } from '#contract/user.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

const columns = sql`
  id, login, name, roles, department, email, disabled_at as "disabledAt",
  created_at as "createdAt"`

export type PersonWithPassword = Person & { passwordHash: string; passwordIsInitial: boolean }

export function listPersons(db: Reader): Promise<Person[]> {
  return db.rows(sql<Person>`select ${columns} from "user".person order by lower(login)`)
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
    email: string | null
    passwordHash: string
    passwordIsInitial: boolean
  },
): Promise<boolean> {
  const added = await tx.run(sql`
    insert into "user".person
      (id, login, name, roles, department, email, password_hash, password_is_initial)
    values (${person.id}, ${person.login}, ${person.name}, ${list(person.roles)},
      ${person.department}, ${person.email}, ${person.passwordHash}, ${person.passwordIsInitial})
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

/** An e-mail address that is not told stays as it is. */
export async function updatePerson(
  tx: Transaction,
  id: string,
  change: PersonChange,
): Promise<void> {
  await tx.run(sql`
    update "user".person set roles = ${list(change.roles)}, name = ${change.name},
      department = ${change.department},
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

/** People who may sign in and have one of the roles, or one of the names as name or login. */
export function findPersonsToTell(
  db: Reader,
  of: { roles: readonly Role[]; names: readonly string[] },
): Promise<{ id: string; email: string | null }[]> {
  return db.rows(sql<{ id: string; email: string | null }>`
    select id, email from "user".person
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
