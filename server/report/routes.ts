import { Figures, Today } from '#contract/report.ts'
import { type Route, route } from '#server/platform/route.ts'
import { showFigures } from '#server/report/show-figures.ts'
import { showToday } from '#server/report/show-today.ts'

const tag = 'report'

export const reportRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/api/today',
    reach: 'filtered',
    tag,
    summary: 'What waits for me today, by my role',
    access: 'signed-in',
    commands: [],
    reply: Today,
    handle: ({ context }) => showToday(context),
  }),
  route({
    method: 'GET',
    path: '/api/figures',
    reach: 'company',
    tag,
    summary: 'Bad debt, overdue share, DSO, utilisation and holds of the company with their trend',
    access: 'report:read',
    commands: [],
    reply: Figures,
    handle: ({ context }) => showFigures(context),
  }),
]
