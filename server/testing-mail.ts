import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'

export type ReceivedMail = {
  readonly recipients: readonly string[]
  /** By name in lower case, unfolded and decoded. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type MailListener = {
  /** What names it in `XINHENG_SMTP_URL`. */
  readonly url: string
  readonly received: readonly ReceivedMail[]
  /** Until it is told null it answers a command with this code, such as 451 or 550. */
  refuseWith(code: number | null, command?: 'MAIL FROM' | 'RCPT TO'): void
  close(): Promise<void>
}

/** A mail server that keeps what it is given: real SMTP on a free port of this machine. */
export async function openMailListener(): Promise<MailListener> {
  const received: ReceivedMail[] = []
  let refused: { code: number | null; command: string } = { code: null, command: '' }
  const refusalOf = (command: string) =>
    refused.code === null || refused.command !== command
      ? undefined
      : Object.assign(new Error('not today'), { responseCode: refused.code })
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _, done) =>
      username === 'xinheng' && password === 'secret'
        ? done(null, { user: username })
        : done(new Error('wrong user or password')),
    onMailFrom: (_, __, done) => done(refusalOf('MAIL FROM')),
    onRcptTo: (_, __, done) => done(refusalOf('RCPT TO')),
    onData: async (stream, session, done) => {
      const chunks: Buffer[] = []
      for await (const chunk of stream) chunks.push(chunk)
      const recipients = session.envelope.rcptTo.map(({ address }) => address)
      received.push(readMail(Buffer.concat(chunks).toString('latin1'), recipients))
      done()
    },
  })
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as { port: number }
  return {
    url: `smtp://xinheng:secret@127.0.0.1:${port}`,
    received,
    refuseWith: (code, command = 'RCPT TO') => {
      refused = { code, command }
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function readMail(raw: string, recipients: readonly string[]): ReceivedMail {
  const end = raw.indexOf('\r\n\r\n')
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), decodedWords(line.slice(colon + 1).trim())]
    }),
  )
  const content = raw.slice(end + 4)
  const body =
    headers['content-transfer-encoding'] === 'base64'
      ? Buffer.from(content, 'base64')
      : unquoted(content.replace(/=\r\n/g, ''))
  return { recipients, headers, body: body.toString('utf8') }
}

/** RFC 2047: `=?UTF-8?B?...?=`; what stands between two such words is no part of the text. */
function decodedWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?(.*?)\?=/gi, (_, how: string, word: string) =>
      (how.toLowerCase() === 'b'
        ? Buffer.from(word, 'base64')
        : unquoted(word.replaceAll('_', ' '))
      ).toString('latin1'),
    )
    .replace(/[\x80-\xff]+/g, (bytes) => Buffer.from(bytes, 'latin1').toString('utf8'))
}

function unquoted(text: string): Buffer {
  const bytes = text.replace(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return Buffer.from(bytes, 'latin1')
}
