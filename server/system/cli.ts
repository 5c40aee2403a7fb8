import { accessSync, constants, statfsSync } from 'node:fs'
import type { Command } from 'commander'
import { stateOfMail } from '#server/notice/public.ts'
import type { Run } from '#server/platform/cli-run.ts'
import { dataFolder, runningServer, version } from '#server/platform/installation.ts'
import { healthOf } from '#server/system/health.ts'

type Check = { name: string; ok: boolean; detail: string; remedy?: string }

export function addDoctorCommand(program: Command, run: Run): void {
  program
    .command('doctor')
    .description('what is wrong with this installation, and how to mend it')
    .action(async () => {
      const checks = surroundings()
      let opened = false
      try {
        await run(
          async ({ db }, output) => {
            opened = true
            for (const check of (await healthOf(db)).checks) checks.push(check)
            checks.push({ name: 'mail', ...(await stateOfMail(db)) })
            const server = await runningServer()
            const detail = server ? `running at ${server.url}` : 'not running; npm start starts it'
            checks.push({ name: 'server', ok: true, detail })
            if (checks.some((check) => !check.ok)) output.exitWith(3)
            return { version, checks }
          },
          (_, output) => {
            for (const check of checks) output.say(lineOf(check))
          },
        )
      } catch (error) {
        if (opened) throw error
        checks.push({
          name: 'database',
          ok: false,
          detail: (error as Error).message,
          remedy: 'see postgres.log in the data folder',
        })
        process.exitCode = 3
        const json = program.opts<{ json?: boolean }>().json === true
        const text = json
          ? JSON.stringify({ version, checks }, null, 2)
          : checks.map(lineOf).join('\n')
        process.stdout.write(`${text}\n`)
      }
    })
}

function surroundings(): Check[] {
  const major = Number(process.versions.node.split('.')[0])
  const folder = dataFolder()
  const checks: Check[] = [
    { name: 'program', ok: true, detail: `Xinheng ${version}` },
    { name: 'node', ok: major >= 24, detail: process.versions.node },
    {
      name: 'data folder',
      ok: isWritable(folder),
      detail: folder,
      remedy: 'make it writable for this user, or set XINHENG_DATA to another folder',
    },
  ]
  try {
    const { bavail, bsize } = statfsSync(folder)
    const gigabytes = (bavail * bsize) / 1024 ** 3
    checks.push({
      name: 'free space',
      ok: gigabytes > 1,
      detail: `${gigabytes.toFixed(1)} GiB`,
      remedy: 'free some: the database stops when the disk is full',
    })
  } catch {
    checks.push({ name: 'free space', ok: true, detail: 'the data folder is made at first start' })
  }
  return checks
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
  }
}

function lineOf(check: Check): string {
  const remedy = !check.ok && check.remedy ? ` -> ${check.remedy}` : ''
  return `${check.ok ? 'ok ' : 'BAD'} ${check.name}: ${check.detail}${remedy}`
}
