import type { Problem } from '#contract/problem.ts'

/** What a library throws at a route, as far as an answer is made of it. */
export type RaisedError = {
  code?: string
  statusCode?: number
  message: string
  validation?: readonly { instancePath: string; message?: string; params: object }[]
  validationContext?: string
}

export function problemOfValidation(error: RaisedError): Problem {
  const errors = (error.validation ?? []).map((found) => {
    const params = found.params as { additionalProperty?: string; missingProperty?: string }
    const member = params.additionalProperty ?? params.missingProperty
    const path = found.instancePath.slice(1).replaceAll('/', '.')
    const field = [path, member].filter(Boolean).join('.')
    return { field, message: found.message ?? 'is not valid' }
  })
  const said = errors.map(({ field, message }) => (field ? `${field}: ${message}` : message))
  return { kind: 'invalid-input', detail: `${said.join('; ')}.`, facts: { errors } }
}

/**
 * Whether trying again may help: PostgreSQL's classes 08, 40 (transactions in each other's way) and
 * 57P, and the socket's own errors.
 */
export function isPassing(error: RaisedError): boolean {
  return (
    /^(08|40|57P)/.test(error.code ?? '') ||
    ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE'].includes(error.code ?? '') ||
    /Connection terminated|not queryable|timeout exceeded when trying/.test(error.message)
  )
}
