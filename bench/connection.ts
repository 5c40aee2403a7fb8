import { connect, type Socket } from 'node:net'

export type Request = {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly key?: string
}

export type Reply = {
  readonly status: number
  readonly body: Buffer
}

/** The server went away while a request was under way: whether it was carried out is not known. */
export class ConnectionLost extends Error {}

/**
 * Keep-alive HTTP/1.1 over one socket, one request at a time. Only what our own server answers is
 * understood, which makes it several times cheaper than a client for the web: it shares the machine
 * with what it measures.
 */
export class Connection {
  readonly #port: number
  readonly #token: string
  #socket: Socket
  #waiting: { resolve(reply: Reply): void; reject(error: Error): void } | undefined
  #received: Buffer = empty

  private constructor(port: number, socket: Socket, token: string) {
    this.#port = port
    this.#token = token
    this.#socket = this.#listenTo(socket)
  }

  static open(port: number, token: string): Promise<Connection> {
    const socket = connect(port, '127.0.0.1')
    return new Promise((resolve, reject) => {
      socket.once('error', reject)
      socket.once('connect', () => {
        socket.off('error', reject)
        resolve(new Connection(port, socket, token))
      })
    })
  }

  ask(request: Request): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (this.#waiting) throw new Error('one request at a time')
      this.#waiting = { resolve, reject }
      // The server ends connections that were idle for long.
      if (this.#socket.destroyed) this.#socket = this.#listenTo(connect(this.#port, '127.0.0.1'))
      this.#socket.write(this.#textOf(request))
    })
  }

  #listenTo(socket: Socket): Socket {
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#take(chunk))
    socket.on('error', () => {})
    socket.on('close', () => this.#lose())
    return socket
  }

  close(): void {
    this.#socket.destroy()
  }

  #textOf({ method, path, body, key }: Request): string {
    const text = body === undefined ? '' : JSON.stringify(body)
    return (
      `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${this.#token}\r\n` +
      (key === undefined ? '' : `idempotency-key: ${key}\r\n`) +
      (body === undefined ? '' : 'content-type: application/json\r\n') +
      `content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
    )
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    const headEnd = this.#received.indexOf('\r\n\r\n')
    if (headEnd < 0) return
    const head = this.#received.toString('latin1', 0, headEnd)
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0)
    const end = headEnd + 4 + length
    if (this.#received.length < end) return
    const reply = {
      status: Number(head.slice(9, 12)),
      body: this.#received.subarray(headEnd + 4, end),
    }
    this.#received = this.#received.subarray(end)
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve(reply)
  }

  #lose(): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.reject(new ConnectionLost('the connection was lost'))
  }
}

const empty = Buffer.alloc(0)

export function jsonOf(reply: Reply): Readonly<Record<string, unknown>> {
  return JSON.parse(reply.body.toString('utf8'))
}
