import { allCurrencies } from '#kernel/money/currency.ts'
import { useWords } from '../ui/use-words.ts'

/** Every currency by code and name, those of daily use first. */
export function useCurrencyChoices() {
  const { language } = useWords()
  const names = new Intl.DisplayNames([language], { type: 'currency' })
  const common = ['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'GBP']
  const rest = allCurrencies().filter((code) => !common.includes(code))
  return [...common, ...rest].map((value) => ({ value, label: `${value} ${names.of(value)}` }))
}
