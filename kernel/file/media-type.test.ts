import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPreviewed, mediaTypeOf } from '#kernel/file/media-type.ts'

const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0))
const cases: readonly [what: string, head: string, tail: string, type: string | null][] = [
  ['a PDF', '%PDF-1.7\n', '%%EOF', 'application/pdf'],
  ['a picture', '\x89PNG\r\n\x1a\n\x00', '', 'image/png'],
  ['a photograph', '\xff\xd8\xff\xe0', '', 'image/jpeg'],
  ['a WebP picture', 'RIFF\x00\x00\x00\x00WEBPVP8', '', 'image/webp'],
  [
    'a workbook',
    'PK\x03\x04......[Content_Types].xml',
    'xl/workbook.xml',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ],
  ['another archive', 'PK\x03\x04', 'a.txt', 'application/zip'],
  ['a page', '  <!DOCTYPE html><p>', '', 'text/html'],
  ['a page that says it is text', 'note\n<script>alert(1)</script>', '', 'text/html'],
  ['a drawing', '<?xml version="1.0"?>\n<svg onload="x()">', '', 'image/svg+xml'],
  ['a text', '\xe5\x90\x88\xe5\x90\x8c\r\n', '', 'text/plain'],
  ['anything else', '\x00\x01\x02', '', 'application/octet-stream'],
  ['a program for Windows', 'MZ\x90\x00', '', null],
  ['a program for Linux', '\x7fELF', '', null],
  ['a script', '#!/bin/sh\n', '', null],
]

for (const [what, head, tail, type] of cases) {
  test(`${what} is ${type ?? 'refused'}`, () => {
    assert.equal(mediaTypeOf(bytes(head), bytes(tail))?.type ?? null, type)
  })
}

test('pages and drawings are never shown in place', () => {
  for (const type of ['text/html', 'image/svg+xml', 'application/xml', 'text/plain']) {
    assert.equal(isPreviewed(type), false)
  }
  assert.equal(isPreviewed('application/pdf'), true)
})
