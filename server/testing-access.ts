import { type Role, roles } from '#contract/role.ts'

const everybody: readonly Role[] = roles
const admin: readonly Role[] = ['admin']
const credit: readonly Role[] = ['admin', 'credit-manager']
const accounts: readonly Role[] = ['admin', 'accountant']
const runners: readonly Role[] = ['admin', 'credit-manager', 'integrator']
const backOffice: readonly Role[] = ['admin', 'credit-manager', 'accountant', 'integrator']

/** Who may call what: written by hand, so that a slip in a route or a permission shows. */
export const expectedAccess: Readonly<Record<string, readonly Role[] | 'public'>> = {
  'GET /': 'public',
  'GET /health': 'public',
  'GET /api/jobs': everybody,
  'GET /api/jobs/:id': everybody,
  'DELETE /api/jobs/:id': backOffice,
  'POST /api/session': 'public',
  'DELETE /api/session': everybody,
  'GET /api/me': everybody,
  'GET /api/me/sessions': everybody,
  'DELETE /api/me/sessions/:id': everybody,
  'PUT /api/me/password': everybody,
  'GET /api/persons': admin,
  'POST /api/persons': admin,
  'PUT /api/persons/:id': admin,
  'POST /api/persons/:id/password': admin,
  'GET /api/keys': admin,
  'POST /api/keys': admin,
  'DELETE /api/keys/:id': admin,
  'GET /api/company': everybody,
  'PUT /api/company': accounts,
  'GET /api/exchange-rates': everybody,
  'POST /api/exchange-rates': accounts,
  'GET /api/audit/entries': credit,
  'GET /api/audit/entries/:id/changes': credit,
  'POST /api/audit/verifications': credit,
  'GET /api/policies': everybody,
  'GET /api/policies/:id': everybody,
  'POST /api/policies': credit,
  'POST /api/policies/:id/publication': credit,
  'GET /api/indicators': everybody,
  'GET /api/statement-lines': everybody,
  'GET /api/parties/:partyId/indicators': everybody,
  'GET /api/parties/:partyId/facts': everybody,
  'POST /api/parties/:partyId/facts': backOffice,
  'GET /api/parties/:partyId/statements': everybody,
  'POST /api/parties/:partyId/statements': backOffice,
  'GET /api/parties/:partyId/ratings': everybody,
  'POST /api/parties/:partyId/ratings': runners,
  'GET /api/parties/:partyId/limits': everybody,
  'PUT /api/parties/:partyId/rating-override': credit,
  'DELETE /api/parties/:partyId/rating-override': credit,
  'POST /api/rating-runs': runners,
  'POST /api/replays': runners,
}
