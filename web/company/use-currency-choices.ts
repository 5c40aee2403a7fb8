import { allCurrencies } from '#kernel/money/currency.ts'
import { commonCurrencies } from '../ui/common-currencies.ts'
import { useWords } from '../ui/use-words.ts'

/** Every currency by code and name, those of daily use first. */
export function useCurrencyChoices() {
  const { language } = useWords()
  const names = new Intl.DisplayNames([language], { type: 'currency' })
  const rest = allCurrencies().filter((code) => !commonCurrencies.includes(code))
  return [...commonCurrencies, ...rest].map((value) => ({
    value,
    label: `${value} ${names.of(value)}`,
  }))
}
