export { changeCompany } from '#server/company/change-company.ts'
export { findCompany, insertCompany, updateCompany } from '#server/company/company.store.ts'
export { type RateBook, rateBookAsOf } from '#server/company/rate-book.ts'
export { setExchangeRates } from '#server/company/set-exchange-rates.ts'
