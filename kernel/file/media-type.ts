/** What a file is, told by its content alone. */
export type MediaType = { readonly type: string; readonly extension: string | null }

/** Shown in place: nothing in them is run. */
const previewed = ['application/pdf', 'image/png', 'image/jpeg', 'image/gif', 'image/webp']

export function isPreviewed(type: string): boolean {
  return previewed.includes(type)
}

/**
 * The type of a file by its first and last bytes, whatever its name says; null for programs, which
 * are no documents. What nothing tells is `application/octet-stream`.
 */
export function mediaTypeOf(head: Uint8Array, tail: Uint8Array): MediaType | null {
  if (programs.some((magic) => startsWith(head, magic))) return null
  for (const [magic, type, extension] of signatures) {
    if (startsWith(head, magic)) return { type, extension }
  }
  if (startsWith(head, 'RIFF') && startsWith(head.subarray(8), 'WEBP')) {
    return { type: 'image/webp', extension: 'webp' }
  }
  if (startsWith(head, 'PK\x03\x04')) return zipped(latin(head) + latin(tail))
  return isText(head) ? written(latin(head)) : { type: 'application/octet-stream', extension: null }
}

const programs = ['MZ', '\x7fELF', '\xcf\xfa\xed\xfe', '\xca\xfe\xba\xbe', '#!']

const signatures: readonly [magic: string, type: string, extension: string | null][] = [
  ['%PDF-', 'application/pdf', 'pdf'],
  ['\x89PNG\r\n\x1a\n', 'image/png', 'png'],
  ['\xff\xd8\xff', 'image/jpeg', 'jpg'],
  ['GIF87a', 'image/gif', 'gif'],
  ['GIF89a', 'image/gif', 'gif'],
  ['II*\x00', 'image/tiff', 'tif'],
  ['MM\x00*', 'image/tiff', 'tif'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/x-ole-storage', null],
  ['OFD', 'application/ofd', 'ofd'],
]

function zipped(entries: string): MediaType {
  const office = 'application/vnd.openxmlformats-officedocument.'
  if (entries.includes('word/')) {
    return { type: `${office}wordprocessingml.document`, extension: 'docx' }
  }
  if (entries.includes('xl/')) return { type: `${office}spreadsheetml.sheet`, extension: 'xlsx' }
  if (entries.includes('ppt/')) {
    return { type: `${office}presentationml.presentation`, extension: 'pptx' }
  }
  if (entries.includes('OFD.xml')) return { type: 'application/ofd', extension: 'ofd' }
  return { type: 'application/zip', extension: 'zip' }
}

function written(text: string): MediaType {
  const start = text
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .toLowerCase()
  if (/<svg[\s>]/.test(start)) return { type: 'image/svg+xml', extension: 'svg' }
  if (/<(!doctype html|html|head|body|script|iframe)[\s>]/.test(start)) {
    return { type: 'text/html', extension: 'html' }
  }
  if (start.startsWith('<?xml')) return { type: 'application/xml', extension: 'xml' }
  return { type: 'text/plain', extension: null }
}

/** No control signs but line ends and tabs. */
function isText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13)
}

function startsWith(bytes: Uint8Array, magic: string): boolean {
  return latin(bytes.subarray(0, magic.length)) === magic
}

function latin(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}
