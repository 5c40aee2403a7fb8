import { ConverterBuilder } from 'opencc-js/core'
import * as traditionalToSimplified from 'opencc-js/preset/t2cn'

/**
 * The text in simplified characters by the dictionaries of OpenCC (characters and phrases, so that
 * 乾隆 stays and 乾燥 becomes 干燥). Text without Chinese characters is returned as it is.
 */
export function toSimplified(text: string): string {
  if (!/\p{Script=Han}/u.test(text)) return text
  converter ??= ConverterBuilder(traditionalToSimplified)({ from: 't', to: 'cn' })
  return converter(text)
}

// Built at the first use: the tables take ten milliseconds and four megabytes.
let converter: ((text: string) => string) | undefined
