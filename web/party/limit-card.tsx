import { Popover } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { CreditFileShown } from '#contract/credit-file.ts'
import { Explained } from '../ui/explained.tsx'
import { Mark } from '../ui/mark.tsx'
import { DayText, Money } from '../ui/money.tsx'
import { Card, Descriptions, EmptyState } from '../ui/page.tsx'
import { TermsText } from '../ui/terms-text.tsx'
import { useSource } from '../ui/use-source.ts'
import { useWords } from '../ui/use-words.ts'
import { ownAccount } from './use-credit-file.ts'

type Limit = NonNullable<CreditFileShown['limit']>
type Formula = Limit['formulas'][number]
type Term = Formula['terms'][number]

/** The way to the limit: each formula with its terms, which one counts, and what changed it then. */
export function LimitCard({ file }: { file: CreditFileShown }): ReactNode {
  const { known, pick, say } = useWords()
  const source = useSource()
  const { limit } = file
  if (!limit) {
    return (
      <Card title={say('file.limit.card')}>
        <EmptyState title={say('file.limit.never')} text={say('file.rating.none.text')} />
      </Card>
    )
  }
  const { currency } = limit
  const isManual = ownAccount(file)?.limitSource === 'manual'
  return (
    <Card
      title={say('file.limit.card')}
      extra={<span className="quiet">{known(`file.limit.${limit.combine}`)}</span>}
    >
      {limit.variant && (
        <p>
          <Mark tone="plain">{say('variant.under', { name: pick(limit.variant) })}</Mark>
        </p>
      )}
      {isManual && <p className="quiet tab-note">{say('file.limit.manual')}</p>}
      <ul className="formulas">
        {limit.formulas.map((formula) => (
          <FormulaLine key={formula.id} formula={formula} limit={limit} />
        ))}
        {limit.adjustments.map(({ from, kind, to }) => (
          <li key={kind} className="formula">
            <span className="formula-name">{known(`file.step.${kind}`) ?? kind}</span>
            <span className="formula-amount">
              <Money amount={from} currency={currency} /> →{' '}
              <Money amount={to} currency={currency} />
            </span>
          </li>
        ))}
        <li className="formula is-result">
          <strong className="formula-name">{say('file.limit.decided')}</strong>
          <strong className="formula-amount">
            <Explained by={source(limit.provenance)}>
              <Money amount={limit.amount} currency={currency} />
            </Explained>
          </strong>
        </li>
      </ul>
      <Descriptions
        items={[
          [say('file.limit.terms'), <TermsText key="terms" terms={limit.terms} />],
          [say('file.limit.reviewOn'), <DayText key="review" day={limit.reviewOn} />],
          [say('file.limit.decidedBy'), limit.decidedBy],
        ]}
      />
      <details className="in-words" open={limit.basis !== 'formulas'}>
        <summary>{say('file.limit.words')}</summary>
        <ul>
          {limit.explanation.map((sentence) => (
            <li key={sentence.en}>{pick(sentence)}</li>
          ))}
        </ul>
      </details>
    </Card>
  )
}

function FormulaLine({ formula, limit }: { formula: Formula; limit: Limit }): ReactNode {
  const { known, pick, say } = useWords()
  const words = known(`file.formula.${formula.kind}`)
  return (
    <li className={formula.isBinding ? 'formula is-binding' : 'formula'}>
      <span className="formula-name">
        {pick(formula.label)}{' '}
        {formula.isBinding && <Mark tone="good">{say('file.limit.binding')}</Mark>}
      </span>
      <span className="formula-amount">
        {formula.amount === null ? (
          <span className="quiet">{say('file.limit.unknown')}</span>
        ) : (
          <Money amount={formula.amount} currency={limit.currency} />
        )}
      </span>
      <div className="formula-terms">
        {words && <span className="quiet">= {words}</span>}
        {formula.terms.map((term) => (
          <TermButton key={term.name} term={term} limit={limit} />
        ))}
      </div>
    </li>
  )
}

/** One figure of a formula; it opens to what it means and leads to where it comes from. */
function TermButton({ limit, term }: { limit: Limit; term: Term }): ReactNode {
  const { pick, say } = useWords()
  const policy = limit.provenance.policies.find(({ kind }) => kind === 'limit-policy')
  const from = term.indicator?.source ?? 'policy'
  const told = (
    <div className="provenance">
      {term.indicator && <p>{pick(term.indicator.meaning)}</p>}
      <dl>
        <dt>{say('file.term.value')}</dt>
        <dd>{pick(term.shown)}</dd>
        <dt>{say('file.term.source')}</dt>
        <dd>
          {from === 'policy'
            ? say('file.term.policy', { title: policy ? `${policy.title} v${policy.version}` : '' })
            : say(`file.term.${from as 'ledger' | 'statement' | 'profile' | 'outside'}`)}
        </dd>
      </dl>
      <Link to={sourcePath(from)}>{say('file.term.open')}</Link>
    </div>
  )
  return (
    <Popover content={told} title={pick(term.label)} trigger={['click']}>
      <button type="button" className="term">
        {pick(term.label)} <strong className="figure">{pick(term.shown)}</strong>
      </button>
    </Popover>
  )
}

function sourcePath(from: string): string {
  if (from === 'policy') return '/policies'
  return from === 'ledger'
    ? '?tab=receipts'
    : from === 'statement'
      ? '?tab=documents'
      : '?tab=people'
}
