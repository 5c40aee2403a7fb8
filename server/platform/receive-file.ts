import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import { refuse } from '#contract/problem.ts'
import type { Upload } from '#server/platform/route.ts'

/** Puts the one file of a form into a folder of its own, until it is discarded. */
export async function receiveFile(request: FastifyRequest) {
  if (!request.isMultipart()) {
    return refuse('unsupported-media-type', 'Send the file as multipart/form-data.')
  }
  const folder = await mkdtemp(join(tmpdir(), 'xinheng-upload-'))
  const discard = () => rm(folder, { recursive: true, force: true })
  try {
    const fields: Record<string, string> = {}
    let file: Pick<Upload, 'fileName' | 'path'> | undefined
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        const path = join(folder, 'file')
        await pipeline(part.file, createWriteStream(path))
        file = { fileName: part.filename.slice(0, 200), path }
      } else if (typeof part.value === 'string') fields[part.fieldname] = part.value
    }
    if (file) return { ...file, fields, discard }
    await discard()
    return refuse('invalid-input', 'There is no file in the form: add it as the field "file".', {
      zh: '没有收到文件，请重新选择文件。',
    })
  } catch (error) {
    await discard()
    throw error
  }
}
