import Type from 'typebox'
import { DayText, Id, WriteQuery } from '#contract/common.ts'
import {
  IndicatorDefinition,
  IndicatorsShown,
  NewFacts,
  NewStatement,
} from '#contract/indicator.ts'
import { parseDay } from '#kernel/calendar/day.ts'
import { statementLines } from '#kernel/indicator/statement.ts'
import { factsAsOf } from '#server/indicator/fact.store.ts'
import { formulaRoutes } from '#server/indicator/formula-routes.ts'
import { listIndicators } from '#server/indicator/list-indicators.ts'
import { recordFacts } from '#server/indicator/record-facts.ts'
import { recordStatement } from '#server/indicator/record-statement.ts'
import { showIndicators } from '#server/indicator/show-indicators.ts'
import { statementsAsOf } from '#server/indicator/statement.store.ts'
import { type Route, route } from '#server/platform/route.ts'

const tag = 'indicator'
const PartyParams = Type.Object({ partyId: Id }, { additionalProperties: false })
const AsOfQuery = Type.Object({ asOf: Type.Optional(DayText) }, { additionalProperties: false })

export const indicatorRoutes: Route[] = [
  ...formulaRoutes,
  route({
    method: 'GET',
    path: '/api/indicators',
    reach: 'nothing',
    tag,
    summary: 'Every indicator: unit, source and meaning',
    access: 'indicator:read',
    commands: [],
    reply: Type.Object({ items: Type.Array(IndicatorDefinition) }),
    handle: ({ context }) => listIndicators(context.db),
  }),
  route({
    method: 'GET',
    path: '/api/statement-lines',
    reach: 'nothing',
    tag,
    summary: 'The lines of a financial statement',
    access: 'indicator:read',
    commands: [],
    handle: async () => ({ items: statementLines }),
  }),
  route({
    method: 'GET',
    path: '/api/parties/:partyId/indicators',
    tag,
    summary: 'All indicators of a party as of a day',
    access: 'indicator:read',
    commands: [],
    params: PartyParams,
    query: AsOfQuery,
    reply: IndicatorsShown,
    handle: ({ context, params, query }) =>
      showIndicators(context.db, params.partyId, parseDay(query.asOf ?? '') ?? context.today),
  }),
  route({
    method: 'GET',
    path: '/api/parties/:partyId/facts',
    tag,
    summary: 'Single values told of a party, with source and age',
    access: 'indicator:read',
    commands: [],
    params: PartyParams,
    query: AsOfQuery,
    handle: async ({ context, params, query }) => ({
      items: await factsAsOf(
        context.db,
        [params.partyId],
        parseDay(query.asOf ?? '') ?? context.today,
      ),
    }),
  }),
  route({
    method: 'POST',
    path: '/api/parties/:partyId/facts',
    tag,
    summary: 'Record single values, such as a court listing or registered capital',
    access: 'indicator:write',
    commands: ['indicator.record-facts'],
    params: PartyParams,
    query: WriteQuery,
    body: NewFacts,
    handle: ({ context, params, body }) => recordFacts(context, params.partyId, body),
  }),
  route({
    method: 'GET',
    path: '/api/parties/:partyId/statements',
    tag,
    summary: 'Financial statements known by a day, latest period first',
    access: 'indicator:read',
    commands: [],
    params: PartyParams,
    query: AsOfQuery,
    handle: async ({ context, params, query }) => {
      const asOf = parseDay(query.asOf ?? '') ?? context.today
      const found = await statementsAsOf(context.db, [params.partyId], asOf)
      return { items: found.map((each) => ({ ...each, lines: shownLines(each.lines) })) }
    },
  }),
  route({
    method: 'POST',
    path: '/api/parties/:partyId/statements',
    tag,
    summary: 'Record a financial statement, cross-checked',
    access: 'indicator:write',
    commands: ['indicator.record-statement'],
    params: PartyParams,
    query: WriteQuery,
    body: NewStatement,
    handle: ({ context, params, body }) => recordStatement(context, params.partyId, body),
  }),
]

/** Whole minor units as text. */
function shownLines(lines: Readonly<Record<string, bigint | undefined>>) {
  return Object.fromEntries(Object.entries(lines).map(([id, minor]) => [id, String(minor)]))
}
