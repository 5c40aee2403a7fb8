import assert from 'node:assert/strict'
import { test } from 'node:test'
import { safeFileName } from '#kernel/file/file-name.ts'

const cases: readonly [given: string, extension: string | null, kept: string][] = [
  ['营业执照.pdf', 'pdf', '营业执照.pdf'],
  ['photo.JPEG', 'jpg', 'photo.JPEG'],
  ['../../etc/passwd', null, 'passwd'],
  ['C:\\papers\\contract.docx', 'docx', 'contract.docx'],
  ['licence.html', 'pdf', 'licence.html.pdf'],
  ['invoice\u202efdp.exe', 'pdf', 'invoicefdp.exe.pdf'],
  ['a\r\nSet-Cookie: x', null, 'aSet-Cookie x'],
  ['...', 'png', 'document.png'],
  ['', null, 'document'],
]

for (const [given, extension, kept] of cases) {
  test(`${JSON.stringify(given)} is kept as ${kept}`, () => {
    assert.equal(safeFileName(given, extension), kept)
  })
}

test('a long name keeps its extension', () => {
  const name = safeFileName(`${'长'.repeat(300)}.pdf`, 'pdf')
  assert.equal([...name].length, 120)
  assert.match(name, /长\.pdf$/)
})
