import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '#server/platform/database.ts'

const heading =
  '-- Written by `npm run schema` from what the migrations give; a test proves that they agree.\n' +
  '-- To change the schema add a file to db/migrations. "-- watched" stands for the triggers of\n' +
  '-- audit.watch, which record every change of the table.\n'

// The queue brings its own schema and the list of applied migrations holds times.
const ownSchema = sql`
  n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'graphile_worker', 'public')`

/** The whole schema of a database as readable SQL, the same for the same schema. */
export async function describeSchema(db: Reader): Promise<string> {
  const schemas = await db.rows(sql<{ name: string; comment: string | null }>`
    select quote_ident(n.nspname) as name, obj_description(n.oid, 'pg_namespace') as comment
    from pg_namespace n where ${ownSchema} order by n.nspname collate "C"`)
  const parts = [
    ...(await typesOf(db)),
    ...(await sequencesOf(db)),
    ...(await tablesOf(db)),
    ...(await viewsOf(db)),
    ...(await functionsOf(db)),
  ]
  const chapters = schemas.map(({ name, comment }) => {
    const own = parts.filter((part) => part.schema === name).map((part) => part.text)
    return [`create schema ${name};\n${commentOn('schema', name, comment)}`, ...own].join('\n')
  })
  return `${heading}\n${chapters.join('\n')}`
}

type Part = { readonly schema: string; readonly text: string }
type Line = { readonly line: string }

async function typesOf(db: Reader): Promise<Part[]> {
  const found = await db.rows(sql<{ schema: string; name: string; labels: string[] }>`
    select quote_ident(n.nspname) as schema, t.oid::regtype::text as name,
      array(select quote_literal(e.enumlabel) from pg_enum e
        where e.enumtypid = t.oid order by e.enumsortorder) as labels
    from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where ${ownSchema} and t.typtype = 'e' order by t.typname collate "C"`)
  return found.map(({ schema, name, labels }) => ({
    schema,
    text: `create type ${name} as enum (${labels.join(', ')});\n`,
  }))
}

async function sequencesOf(db: Reader): Promise<Part[]> {
  const found = await db.rows(sql<{ schema: string; name: string; comment: string | null }>`
    select quote_ident(n.nspname) as schema, c.oid::regclass::text as name,
      obj_description(c.oid, 'pg_class') as comment
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${ownSchema} and c.relkind = 'S'
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i'))
    order by c.relname collate "C"`)
  return found.map(({ schema, name, comment }) => ({
    schema,
    text: `create sequence ${name};\n${commentOn('sequence', name, comment)}`,
  }))
}

type Table = {
  schema: string
  oid: number
  name: string
  kind: string
  options: string[] | null
  comment: string | null
  watched: boolean
}

async function tablesOf(db: Reader): Promise<Part[]> {
  const tables = await db.rows(sql<Table>`
    select quote_ident(n.nspname) as schema, c.oid::int as oid, c.oid::regclass::text as name,
      case c.relpersistence when 'u' then 'unlogged table' else 'table' end as kind,
      c.reloptions as options, obj_description(c.oid, 'pg_class') as comment,
      exists (select from audit.watched w where w.relation = n.nspname || '.' || c.relname)
        as watched
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${ownSchema} and c.relkind in ('r', 'p') order by c.relname collate "C"`)
  return Promise.all(
    tables.map(async (table) => ({ schema: table.schema, text: await describeTable(db, table) })),
  )
}

async function describeTable(db: Reader, table: Table): Promise<string> {
  const columns = await columnsOf(db, table)
  const lines = [...columns.map((column) => column.line), ...(await constraintsOf(db, table))]
  const options = table.options === null ? '' : ` with (${table.options.join(', ')})`
  const storage = columns.flatMap(({ name, storage }) =>
    storage === null ? [] : [`alter table ${table.name} alter ${name} set storage ${storage};\n`],
  )
  const comments = columns.map(({ name, comment }) =>
    commentOn('column', `${table.name}.${name}`, comment),
  )
  return [
    `create ${table.kind} ${table.name} (\n  ${lines.join(',\n  ')}\n)${options};\n`,
    ...(table.watched ? ['-- watched\n'] : []),
    commentOn('table', table.name, table.comment),
    ...comments,
    ...storage,
    ...(await indexesOf(db, table)),
    ...(await triggersOf(db, table)),
  ].join('')
}

type Column = { name: string; line: string; storage: string | null; comment: string | null }

function columnsOf(db: Reader, table: Table): Promise<Column[]> {
  return db.rows(sql<Column>`
    select quote_ident(a.attname) as name,
      concat_ws(' ', quote_ident(a.attname), replace(format_type(a.atttypid, a.atttypmod), 'timestamp with time zone', 'timestamptz'),
        case when a.attcollation <> t.typcollation then 'collate ' || quote_ident(l.collname) end,
        case when a.attgenerated = 's'
          then 'generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
          else 'default ' || pg_get_expr(d.adbin, d.adrelid) end,
        case a.attidentity when 'a' then 'generated always as identity'
          when 'd' then 'generated by default as identity' end,
        case when a.attnotnull then 'not null' end) as line,
      case when a.attstorage <> t.typstorage then
        case a.attstorage when 'e' then 'external' when 'm' then 'main' when 'p' then 'plain'
          else 'extended' end end as storage,
      col_description(a.attrelid, a.attnum) as comment
    from pg_attribute a join pg_type t on t.oid = a.atttypid
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      left join pg_collation l on l.oid = a.attcollation
    where a.attrelid = ${table.oid}::oid and a.attnum > 0 and not a.attisdropped
    order by a.attnum`)
}

function constraintsOf(db: Reader, table: Table): Promise<string[]> {
  // Not null stands beside its column; newer servers also list it as a constraint.
  return lines(
    db,
    sql<Line>`select format('constraint %I %s', conname, pg_get_constraintdef(oid)) as line
      from pg_constraint where conrelid = ${table.oid}::oid and contype in ('p', 'u', 'c', 'f', 'x')
      order by position(contype::text in 'puxcf'), conname collate "C"`,
  )
}

function indexesOf(db: Reader, table: Table): Promise<string[]> {
  return lines(
    db,
    sql<Line>`select pg_get_indexdef(i.indexrelid) || E';\n' as line
      from pg_index i join pg_class c on c.oid = i.indexrelid
      where i.indrelid = ${table.oid}::oid
        and not exists (select from pg_constraint k where k.conindid = i.indexrelid
          and k.contype in ('p', 'u', 'x'))
      order by c.relname collate "C"`,
  )
}

function triggersOf(db: Reader, table: Table): Promise<string[]> {
  const ofTheWatch = table.watched ? sql`'^audit_(insert|update|delete|truncate)$'` : sql`'^$'`
  return lines(
    db,
    sql<Line>`select pg_get_triggerdef(oid) || E';\n' as line from pg_trigger
      where tgrelid = ${table.oid}::oid and not tgisinternal and tgname !~ ${ofTheWatch}
      order by tgname collate "C"`,
  )
}

async function viewsOf(db: Reader): Promise<Part[]> {
  const found = await db.rows(
    sql<{ schema: string; name: string; kind: string; body: string; comment: string | null }>`
      select quote_ident(n.nspname) as schema, c.oid::regclass::text as name,
        case c.relkind when 'm' then 'materialized view' else 'view' end as kind,
        pg_get_viewdef(c.oid, true) as body, obj_description(c.oid, 'pg_class') as comment
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${ownSchema} and c.relkind in ('v', 'm') order by c.relname collate "C"`,
  )
  return found.map(({ schema, name, kind, body, comment }) => ({
    schema,
    text: `create ${kind} ${name} as\n${body}\n${commentOn(kind, name, comment)}`,
  }))
}

async function functionsOf(db: Reader): Promise<Part[]> {
  const found = await db.rows(
    sql<{ schema: string; name: string; body: string; comment: string | null }>`
      select quote_ident(n.nspname) as schema, p.oid::regprocedure::text as name,
        pg_get_functiondef(p.oid) as body, obj_description(p.oid, 'pg_proc') as comment
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where ${ownSchema} and p.prokind in ('f', 'p')
      order by p.proname collate "C", p.oid::regprocedure::text collate "C"`,
  )
  return found.map(({ schema, name, body, comment }) => ({
    schema,
    text: `${body.trimEnd()};\n${commentOn('function', name, comment)}`,
  }))
}

async function lines(db: Reader, query: RawBuilder<Line>): Promise<string[]> {
  const found = await db.rows(query)
  return found.map(({ line }) => line)
}

function commentOn(kind: string, name: string, comment: string | null): string {
  if (comment === null) return ''
  return `comment on ${kind} ${name} is '${comment.replaceAll("'", "''")}';\n`
}
