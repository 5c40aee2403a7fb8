import type { Health } from '#contract/system.ts'
import type { Database } from '#server/platform/database.ts'
import { version } from '#server/platform/installation.ts'
import { schemaStateOf } from '#server/platform/migrate.ts'

/** Whether program, schema and database fit each other and answer. */
export async function healthOf(db: Database): Promise<Health> {
  const checks: Health['checks'] = []
  try {
    const shown = await db.pool.query('select version()')
    const [name = ''] = String(shown.rows[0].version).split(' on ')
    checks.push({ name: 'database', ok: true, detail: name })
    const schema = await schemaStateOf(db.pool)
    const detail =
      schema.kind === 'current'
        ? `version ${schema.version}`
        : schema.kind === 'behind'
          ? `at ${schema.version}, missing ${schema.missing.join(', ')}: restart the server`
          : schema.kind === 'ahead'
            ? `at ${schema.version}, this program knows ${schema.known}: start the newer program`
            : `${schema.name} was changed after it was applied`
    checks.push({ name: 'schema', ok: schema.kind === 'current', detail })
  } catch (error) {
    checks.push({ name: 'database', ok: false, detail: (error as Error).message })
  }
  const ok = checks.every((check) => check.ok)
  return { service: 'xinheng', status: ok ? 'ok' : 'failing', version, checks }
}
