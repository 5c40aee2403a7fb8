type Ban = { readonly pattern: RegExp; readonly why: string; readonly in?: RegExp }

const code = /\.(ts|tsx|js|sql|css|html|yaml)$|^bin\/xinheng$/

const bans: readonly Ban[] = [
  { pattern: /\b(?:TO[D]O|FIX[M]E|XX[X])\b/, why: 'finish it or leave it out', in: code },
  { pattern: /(?<![\w.:/-])\/(?:work|home|Users|root)\/\w+/, why: 'a path of one machine' },
  { pattern: /\bregistry\.[\w.-]+\.\w+|\bnpmmirror\b|\bartifactory\b/i, why: 'a registry address' },
  { pattern: /"resolved":/, why: 'a registry address', in: /^package-lock\.json$/ },
  { pattern: /^(?:<{7}|>{7}) /, why: 'a conflict of versions' },
]

/** Text that no file of the repository holds: where it stands and why not. */
export function findForbiddenText(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([path, text]) => {
    const known = bans.filter((ban) => ban.in === undefined || ban.in.test(path))
    return text.split('\n').flatMap((line, index) =>
      known.flatMap(({ pattern, why }) => {
        const found = pattern.exec(line)
        return found ? [`${path}:${index + 1} has "${found[0]}": ${why}.`] : []
      }),
    )
  })
}
