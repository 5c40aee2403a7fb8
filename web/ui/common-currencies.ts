/** Those that Chinese companies sell in every day, as choices begin. */
export const commonCurrencies: readonly string[] = ['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'GBP']
