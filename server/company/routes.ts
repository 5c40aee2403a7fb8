import Type from 'typebox'
import { WriteQuery } from '#contract/common.ts'
import { Company, CompanyChange, ExchangeRate, ExchangeRates } from '#contract/company.ts'
import { refuse } from '#contract/problem.ts'
import { changeCompany } from '#server/company/change-company.ts'
import { findCompany } from '#server/company/company.store.ts'
import { latestRates } from '#server/company/exchange-rate.store.ts'
import { setExchangeRates } from '#server/company/set-exchange-rates.ts'
import { type Route, route } from '#server/platform/route.ts'

const tag = 'company'

export const companyRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/api/company',
    reach: 'nothing',
    tag,
    summary: 'The company: name, base currency, time zone',
    access: 'system:read',
    commands: [],
    reply: Company,
    handle: async ({ context }) => {
      const company = await findCompany(context.db)
      if (!company) return refuse('not-found', 'There is no company yet.')
      return {
        name: company.name,
        baseCurrency: company.baseCurrency,
        timeZone: company.timeZone,
      }
    },
  }),
  route({
    method: 'PUT',
    path: '/api/company',
    reach: 'nothing',
    tag,
    summary: 'Change the company',
    access: 'company:write',
    commands: ['company.change'],
    query: WriteQuery,
    body: CompanyChange,
    handle: ({ context, body }) => changeCompany(context, body),
  }),
  route({
    method: 'GET',
    path: '/api/exchange-rates',
    reach: 'nothing',
    tag,
    summary: 'The latest rate of each pair',
    access: 'system:read',
    commands: [],
    reply: ExchangeRates,
    handle: async ({ context }) => ({ items: await latestRates(context.db) }),
  }),
  route({
    method: 'POST',
    path: '/api/exchange-rates',
    reach: 'nothing',
    tag,
    summary: 'Add exchange rates; one of the same day and source is replaced',
    access: 'company:write',
    commands: ['exchange-rate.set'],
    query: WriteQuery,
    body: Type.Object(
      { rates: Type.Array(ExchangeRate, { minItems: 1, maxItems: 10_000 }) },
      { additionalProperties: false },
    ),
    handle: ({ context, body }) => setExchangeRates(context, body.rates),
  }),
]
