import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolder } from '#server/platform/installation.ts'

const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/**
 * Encrypts what has to be read again, so that a copy of the database alone does not tell it. `about`
 * says whose it is: a text that was moved elsewhere is not opened there.
 */
export function sealSecret(text: string, about: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const sealing = createCipheriv(cipher, installationKey(), nonce).setAAD(Buffer.from(about))
  const sealed = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()])
  return Buffer.concat([nonce, sealing.getAuthTag(), sealed])
}

/** Undefined where the text is none of ours, was changed, or was sealed under another key. */
export function openSecret(sealed: Buffer, about: string): string | undefined {
  if (sealed.length < nonceBytes + tagBytes) return undefined
  const nonce = sealed.subarray(0, nonceBytes)
  const tag = sealed.subarray(nonceBytes, nonceBytes + tagBytes)
  const key = installationKey()
  try {
    const opening = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes })
    opening.setAAD(Buffer.from(about)).setAuthTag(tag)
    const text = [opening.update(sealed.subarray(nonceBytes + tagBytes)), opening.final()]
    return Buffer.concat(text).toString('utf8')
  } catch {
    return undefined
  }
}

let known: Buffer | undefined

/** `XINHENG_SECRET_KEY`, or a file of the data folder that is made when it is first needed. */
function installationKey(): Buffer {
  known ??= readKey(process.env.XINHENG_SECRET_KEY ?? keyFile())
  return known
}

function readKey(text: string): Buffer {
  const key = Buffer.from(text.trim(), 'hex')
  if (key.length === 32) return key
  throw new Error('XINHENG_SECRET_KEY, or secret-key in the data folder: 64 hexadecimal digits.')
}

/** Of two processes that make the file at once both read what the first one made. */
function keyFile(): string {
  const file = join(dataFolder(), 'secret-key')
  if (!existsSync(file)) {
    mkdirSync(dataFolder(), { recursive: true })
    const draft = `${file}.${process.pid}`
    writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 })
    try {
      linkSync(draft, file)
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error
    } finally {
      rmSync(draft)
    }
  }
  return readFileSync(file, 'utf8')
}
