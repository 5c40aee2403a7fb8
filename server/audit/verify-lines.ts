import { createHash } from 'node:crypto'
import type { AuditFinding, AuditVerification } from '#contract/audit.ts'
import type { AuditLine } from '#server/audit/audit-line.ts'
import { hashOfSeal } from '#server/audit/seal.store.ts'

const findingsMax = 1000

/**
 * Recomputes every hash of an export, whether it comes from the database or from a file, and names
 * what was changed, removed or added by anything but a command.
 */
export async function verifyLines(
  lines: AsyncIterable<AuditLine>,
  expectedHead?: string,
): Promise<AuditVerification> {
  const trail = new Trail()
  for await (const line of lines) trail.take(line)
  return trail.conclude(expectedHead)
}

type Seal = Extract<AuditLine, { kind: 'seal' }>
type Entry = { writtenBy: bigint; hash: Buffer; changes: Buffer[] }

class Trail {
  readonly #findings: AuditFinding[] = []
  readonly #seals: Seal[] = []
  readonly #sealed = new Map<string, string>()
  readonly #sealedBy = new Map<string, Buffer[]>()
  readonly #entries = new Map<string, Entry>()
  /** Expected digest by `schema.table id`; null once deleted. */
  readonly #expected = new Map<string, string | null>()
  #rows = 0

  take(line: AuditLine): void {
    switch (line.kind) {
      case 'seal':
        this.#seals.push(line)
        this.#sealedBy.set(line.number, [])
        break
      case 'sealed':
        this.#sealed.set(line.id, line.hash)
        this.#sealedBy.get(line.number)?.push(Buffer.from(line.hash, 'hex'))
        break
      case 'entry':
        this.#entries.set(line.id, {
          writtenBy: BigInt(line.writtenBy),
          hash: Buffer.from(line.text, 'utf8'),
          changes: [],
        })
        break
      case 'change':
        this.#takeChange(line)
        break
      case 'row':
        this.#takeRow(line)
        break
    }
  }

  #takeChange(line: Extract<AuditLine, { kind: 'change' }>): void {
    const entry = this.#entries.get(line.entryId)
    if (entry) entry.changes.push(sha256(line.text))
    else this.#find('entry missing', line.entryId)
    const change = parseChange(line.text)
    if (!change) {
      this.#find('entry changed', line.entryId)
      return
    }
    for (const [index, id] of change.ids.entries()) {
      this.#expected.set(`${change.relation} ${id}`, change.digests[index] ?? null)
    }
  }

  #takeRow(line: Extract<AuditLine, { kind: 'row' }>): void {
    this.#rows++
    const key = `${line.relation} ${line.id}`
    const expected = this.#expected.get(key)
    this.#expected.delete(key)
    if (expected === undefined || expected === null) this.#find('row added', key)
    else if (expected !== sha256(line.text).toString('hex')) this.#find('row changed', key)
  }

  conclude(expectedHead?: string): AuditVerification {
    for (const [key, digest] of this.#expected) if (digest !== null) this.#find('row missing', key)
    this.#checkSeals()
    const below = BigInt(this.#seals.at(-1)?.below ?? 0)
    let unsealed = 0
    for (const [id, entry] of this.#entries) {
      const sealed = this.#sealed.get(id)
      this.#sealed.delete(id)
      const hash = createHash('sha256').update(entry.hash)
      for (const change of entry.changes) hash.update(change)
      if (sealed === undefined) {
        if (entry.writtenBy < below) this.#find('entry added', id)
        else unsealed++
      } else if (hash.digest('hex') !== sealed) this.#find('entry changed', id)
    }
    for (const id of this.#sealed.keys()) this.#find('entry missing', id)
    const head = this.#seals.at(-1)?.hash ?? null
    if (expectedHead !== undefined && !this.#seals.some((seal) => seal.hash === expectedHead)) {
      this.#find('head differs', expectedHead)
    }
    return {
      findings: this.#findings,
      seals: this.#seals.length,
      sealedEntries: this.#entries.size - unsealed,
      unsealedEntries: unsealed,
      rows: this.#rows,
      head,
    }
  }

  #checkSeals(): void {
    let previous = Buffer.alloc(32)
    let number = 1n
    for (const seal of this.#seals) {
      for (; number < BigInt(seal.number); number++) this.#find('seal missing', String(number))
      const { sealedAt, below } = seal
      const head = { number: BigInt(seal.number), sealedAt, below, previous }
      const hash = hashOfSeal(head, this.#sealedBy.get(seal.number) ?? [])
      if (seal.previous !== previous.toString('hex') || seal.hash !== hash.toString('hex')) {
        this.#find('seal changed', seal.number)
      }
      previous = Buffer.from(seal.hash, 'hex')
      number++
    }
  }

  #find(kind: AuditFinding['kind'], what: string): void {
    const known = this.#findings.some((found) => found.kind === kind && found.what === what)
    if (!known && this.#findings.length < findingsMax) this.#findings.push({ kind, what })
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** Reads a row of audit.change from its text, the very text that its hash covers. */
function parseChange(
  text: string,
): { relation: string; ids: string[]; digests: string[] } | undefined {
  const start = /^\(\d+,[0-9a-f-]{36},"?([^,"]+)"?,(?:insert|update|delete),"?\{/.exec(text)
  const relation = start?.[1]
  if (start === null || relation === undefined) return undefined
  const end = text.indexOf('}', start[0].length)
  const ids = text.slice(start[0].length, end).split(',')
  const from = text.indexOf('x', end) + 1
  const digests = from === 0 ? [] : ids.map((_, i) => text.slice(from + i * 64, from + i * 64 + 64))
  return { relation, ids, digests }
}
