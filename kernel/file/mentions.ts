/** What a login is made of; see the schema of a new person. */
const sign = /[\p{L}\p{N}._@-]/u
const longestLogin = 60
const shortestLogin = 2

/**
 * Where a text may name somebody by @login, each as the logins it could be, the longest first:
 * Chinese goes on without a space, so "@王敏请看" may name 王敏. An e-mail address names nobody.
 */
export function mentionsIn(text: string): string[][] {
  const signs = [...text]
  const found: string[][] = []
  for (const [place, char] of signs.entries()) {
    const before = signs[place - 1]
    if (char !== '@' || (before !== undefined && /[\p{Script=Latin}\p{N}._@-]/u.test(before)))
      continue
    const login: string[] = []
    while (login.length < longestLogin && sign.test(signs[place + 1 + login.length] ?? ' ')) {
      login.push(signs[place + 1 + login.length] ?? '')
    }
    const lengths = Array.from({ length: login.length }, (_, less) => login.length - less)
    const logins = lengths
      .filter((length) => length >= shortestLogin)
      .map((length) => login.slice(0, length).join('').toLowerCase())
    if (logins.length > 0) found.push(logins)
  }
  return found
}
