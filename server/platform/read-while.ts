import type { Database, Reader } from '#server/platform/database.ts'

/**
 * Rows of one state of the database for as long as somebody takes them: the snapshot ends with the
 * last row, with a failure, or when whoever reads has had enough.
 */
export async function* readWhile<Row>(
  db: Database,
  read: (reader: Reader) => AsyncIterable<Row>,
): AsyncGenerator<Row> {
  let give: (next: { row: Row } | { failure: unknown } | null) => void = () => {}
  let goOn: (stop: boolean) => void = () => {}
  const next = () =>
    new Promise<{ row: Row } | { failure: unknown } | null>((resolve) => {
      give = resolve
    })
  const take = (row: Row) =>
    new Promise<void>((resolve, reject) => {
      goOn = (stop) => (stop ? reject(enough) : resolve())
      give({ row })
    })
  let coming = next()
  const reading = db
    .snapshot(async (reader) => {
      for await (const row of read(reader)) await take(row)
    })
    .then(
      () => give(null),
      (failure) => give(failure === enough ? null : { failure }),
    )
  try {
    for (;;) {
      const told = await coming
      if (told === null) return
      if ('failure' in told) throw told.failure
      yield told.row
      coming = next()
      goOn(false)
    }
  } finally {
    goOn(true)
    await reading
  }
}

const enough = new Error('enough was read')
