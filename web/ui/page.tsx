import { Skeleton } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { Link } from 'react-router'
import { ProblemNote } from './problem.tsx'

/** The frame of every page: where one is, what one can do, and the content. */
export function Page(of: {
  readonly title: ReactNode
  /** For the tab of the browser, where the title is more than text. */
  readonly name?: string
  readonly back?: { readonly to: string; readonly name: string }
  readonly note?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}): ReactNode {
  const name = of.name ?? (typeof of.title === 'string' ? of.title : '')
  useEffect(() => {
    document.title = name === '' ? '信衡' : `${name} · 信衡`
  }, [name])
  return (
    <div className="page">
      <header className="page-head">
        <div>
          {of.back && (
            <Link className="page-back" to={of.back.to}>
              ← {of.back.name}
            </Link>
          )}
          <h1>{of.title}</h1>
          {of.note && <div className="page-note">{of.note}</div>}
        </div>
        {of.actions && <div className="page-actions">{of.actions}</div>}
      </header>
      {of.children}
    </div>
  )
}

/** What a page shows of one request: its shape while it loads, its problem, or what came. */
export function Loaded<Reply>(of: {
  readonly query: {
    readonly data: Reply | undefined
    readonly error: unknown
    readonly refetch: () => unknown
  }
  readonly rows?: number
  readonly children: (reply: Reply) => ReactNode
}): ReactNode {
  const { data, error, refetch } = of.query
  if (data !== undefined) return of.children(data)
  if (error) return <ProblemNote error={error} retry={() => refetch()} />
  return <Skeleton active title={false} paragraph={{ rows: of.rows ?? 6 }} />
}

export function Card(of: {
  readonly title?: ReactNode
  readonly extra?: ReactNode
  readonly className?: string
  readonly children: ReactNode
}): ReactNode {
  return (
    <section className={of.className ? `card ${of.className}` : 'card'}>
      {(of.title || of.extra) && (
        <header className="card-head">
          <h2>{of.title}</h2>
          {of.extra}
        </header>
      )}
      {of.children}
    </section>
  )
}

/** Names with their values, as a credit file has them. */
export function Descriptions(of: {
  readonly items: readonly (readonly [name: ReactNode, value: ReactNode] | null)[]
}): ReactNode {
  return (
    <dl className="descriptions">
      {of.items.map(
        (item) =>
          item && (
            <div key={String(item[0])}>
              <dt>{item[0]}</dt>
              <dd>{item[1] ?? <span className="quiet">-</span>}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

/** An empty place that says what it is for and leads to the next step. */
export function EmptyState(of: {
  readonly title: string
  readonly text?: ReactNode
  readonly action?: ReactNode
}): ReactNode {
  return (
    <div className="empty-state">
      <strong>{of.title}</strong>
      {of.text && <p>{of.text}</p>}
      {of.action}
    </div>
  )
}
