import { type Refusal, refuse } from '#contract/problem.ts'
import { emailPattern } from '#contract/user.ts'

const address = new RegExp(emailPattern, 'u')

/** What keeps a text from being an address to mail to; undefined where nothing does. */
export function wrongEmail(text: string | null | undefined): Refusal | undefined {
  return text == null || address.test(text)
    ? undefined
    : refuse('invalid-input', `email: "${text}" is not an address such as li@example.com.`, {
        zh: `邮箱“${text}”不是有效的地址，应如 li@example.com。`,
      })
}
