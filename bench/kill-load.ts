import { Connection, ConnectionLost, jsonOf, type Request } from '#bench/connection.ts'
import { seededPartyId } from '#bench/seed-accounts.ts'

/** A reservation that a client asked for, and the last that it was told of it. */
export type Told = {
  readonly partyId: string
  readonly number: string
  /** The request whose outcome is not known, since the answer never came. */
  unknown: Request | null
  /** Null until the reservation itself was answered. */
  decisionId: string | null
  reservationId: string | null
  state: string | null
}

/**
 * Clients that reserve, commit and release until their server is gone, and note what they were told.
 * An answer that the server cannot know whether it was carried out counts as none.
 */
export async function loadUntilGone(of: {
  port: number
  token: string
  name: string
  clients: number
  accounts: number
}): Promise<Told[]> {
  const told: Told[] = []
  await Promise.all(
    Array.from({ length: of.clients }, async (_, client) => {
      const connection = await Connection.open(of.port, of.token).catch(() => undefined)
      if (!connection) return
      for (let call = 0; ; call++) {
        const number = `${of.name}-${client}-${call}`
        const partyId = seededPartyId(1 + Math.floor(Math.random() * of.accounts))
        const each: Told = {
          ...{ partyId, number, unknown: null },
          ...{ decisionId: null, reservationId: null, state: null },
        }
        told.push(each)
        if (!(await live(connection, each))) break
      }
      connection.close()
    }),
  )
  return told
}

/** The life of one reservation; false once the server is gone. */
async function live(connection: Connection, told: Told): Promise<boolean> {
  if (!(await tell(connection, told, reserving(told)))) return false
  if (told.state !== 'open') return true
  const choice = Math.random()
  if (choice < 0.4) return true
  const path = `/api/reservations/${told.partyId}/${told.reservationId}`
  const act = choice < 0.7 ? 'commit' : 'release'
  const key = `${told.number}-${act}`
  return tell(connection, told, { method: 'POST', path: `${path}/${act}`, body: {}, key })
}

function reserving({ partyId, number }: Told): Request {
  const body = {
    mode: 'reserve',
    party: partyId,
    document: number,
    amount: '70.00',
    currency: 'CNY',
  }
  return { method: 'POST', path: '/api/credit-checks', body, key: number }
}

/** Sends a request and notes the answer; false where there is none or it says to try again. */
export async function tell(connection: Connection, told: Told, request: Request): Promise<boolean> {
  told.unknown = request
  try {
    const reply = await connection.ask(request)
    if (reply.status === 503) return false
    const json = jsonOf(reply)
    if (reply.status !== 200) throw new Error(`${told.number}: ${JSON.stringify(json)}`)
    const reservation = (json.reservation ?? json) as { id: string; state: string }
    told.unknown = null
    told.decisionId ??= String(json.decisionId)
    told.reservationId = reservation.id
    told.state = reservation.state
    return true
  } catch (error) {
    if (error instanceof ConnectionLost) return false
    throw error
  }
}
