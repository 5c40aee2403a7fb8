import {
  DummyDriver,
  Kysely,
  type OperationNode,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  RawNode,
  ValueNode,
} from 'kysely'

const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** What is sent to the database: a text with $1, $2 ... and what these stand for. */
export type Statement = { readonly text: string; readonly values: unknown[] }

/** The statement that a template is. */
export function statementOf(raw: RawBuilder<unknown>): Statement {
  const values: unknown[] = []
  const text = textOf(raw.toOperationNode(), values)
  if (text !== undefined) return { text, values }
  const { sql, parameters } = raw.compile(compiler)
  return { text: sql, values: [...parameters] }
}

/**
 * The text of a template that holds only texts and values, as nearly all do: the general compiler
 * takes several times as long, which twenty statements of a credit check would feel.
 */
function textOf(node: OperationNode, values: unknown[]): string | undefined {
  if (ValueNode.is(node)) return node.immediate ? undefined : `$${values.push(node.value)}`
  if (!RawNode.is(node)) return undefined
  let text = node.sqlFragments[0] ?? ''
  for (const [index, parameter] of node.parameters.entries()) {
    const part = textOf(parameter, values)
    if (part === undefined) return undefined
    text += part + (node.sqlFragments[index + 1] ?? '')
  }
  return text
}
