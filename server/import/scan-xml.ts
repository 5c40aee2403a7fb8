/** What a scanner tells while it walks through XML; names come without their prefix. */
export type XmlEvents = {
  readonly open: (name: string, attributes: string) => void
  readonly text: (text: string) => void
  readonly close: (name: string) => void
}

type XmlScanner = { readonly feed: (chunk: string) => void }

const longestToken = 1 << 24

/**
 * Scans XML as it comes in pieces, keeping no more than one unfinished tag or text. It reads the
 * XML that spreadsheets are made of: no document type is allowed, so no entity can be declared.
 * Written by hand because the streaming reader of the usual library decodes each piece of a file on
 * its own and so damages Chinese characters that lie across two pieces.
 */
export function scanXml(events: XmlEvents): XmlScanner {
  let rest = ''
  return {
    feed(chunk) {
      const text = rest === '' ? chunk : rest + chunk
      const done = scan(text, events)
      rest = done === text.length ? '' : text.slice(done)
      if (rest.length > longestToken) throw new Error('A tag or text of the XML is too long')
    },
  }
}

// Returns how far the text was understood; an unfinished token stays for the next piece.
function scan(text: string, events: XmlEvents): number {
  let at = 0
  for (;;) {
    const start = text.indexOf('<', at)
    if (start < 0) return at
    if (start > at) events.text(unescapeXml(text.slice(at, start)))
    const next = text.charCodeAt(start + 1)
    const end = next === 33 ? endOfMarkup(text, start, events) : endOfTag(text, start + 1)
    if (end < 0) return start
    if (next === 47) {
      events.close(localName(text, start + 2, end - 1))
    } else if (next !== 33 && next !== 63) {
      openTag(text, start, end, events)
    }
    at = end
  }
}

function openTag(text: string, start: number, end: number, events: XmlEvents): void {
  const empty = text.charCodeAt(end - 2) === 47
  const stop = empty ? end - 2 : end - 1
  let nameEnd = start + 1
  while (nameEnd < stop && text.charCodeAt(nameEnd) > 32) nameEnd++
  const name = localName(text, start + 1, nameEnd)
  events.open(name, nameEnd < stop ? text.slice(nameEnd, stop) : '')
  if (empty) events.close(name)
}

function localName(text: string, start: number, end: number): string {
  const name = text.slice(start, end).trimEnd()
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

// A `>` inside a quoted attribute does not end the tag.
function endOfTag(text: string, from: number): number {
  let quote = 0
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === 34 || code === 39) {
      quote = code
    } else if (code === 62) {
      return at + 1
    }
  }
  return -1
}

function endOfMarkup(text: string, start: number, events: XmlEvents): number {
  if (text.startsWith('<!--', start)) {
    const end = text.indexOf('-->', start + 4)
    return end < 0 ? -1 : end + 3
  }
  if (text.startsWith('<![CDATA[', start)) {
    const end = text.indexOf(']]>', start + 9)
    if (end >= 0) events.text(text.slice(start + 9, end))
    return end < 0 ? -1 : end + 3
  }
  if (text.length - start < 9) return -1
  throw new Error('A document type is not allowed here')
}

/** The value of an attribute, or null. */
export function attribute(attributes: string, name: string): string | null {
  let at = attributes.indexOf(name)
  while (at >= 0) {
    const before = at === 0 ? 32 : attributes.charCodeAt(at - 1)
    const rest = attributes.charCodeAt(at + name.length)
    if (before <= 32 && (rest === 61 || rest <= 32)) {
      const equals = attributes.indexOf('=', at)
      const quoteAt = attributes.slice(equals + 1).search(/["']/) + equals + 1
      const end = attributes.indexOf(attributes.charAt(quoteAt), quoteAt + 1)
      return unescapeXml(attributes.slice(quoteAt + 1, end))
    }
    at = attributes.indexOf(name, at + 1)
  }
  return null
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return named[name] ?? whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
