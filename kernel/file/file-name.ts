const longest = 120
// Separators of paths, signs that shells and Windows forbid, and what turns the direction of text.
const forbidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\:*?"<>|]/gu

/**
 * A name under which a file can be kept anywhere: no path, no control or direction signs, no dots
 * around it, and the extension that its content has where that is known.
 */
export function safeFileName(given: string, extension: string | null): string {
  const bare = given.split(/[/\\]/).at(-1) ?? ''
  const clean = bare
    .normalize('NFC')
    .replace(forbidden, '')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  const name = [...(clean === '' ? 'document' : clean)]
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(clean)?.[0] ?? ''
  const same = sameAs[ending.slice(1).toLowerCase()] ?? ending.slice(1).toLowerCase()
  const added = extension === null || same === extension ? ending : `.${extension}`
  const stem =
    (same === extension || extension === null) && ending ? name.slice(0, -ending.length) : name
  return `${stem.slice(0, longest - added.length).join('')}${added}`
}

const sameAs: Readonly<Record<string, string>> = { jpeg: 'jpg', tiff: 'tif', htm: 'html' }
