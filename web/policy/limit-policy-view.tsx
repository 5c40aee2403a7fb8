import type { ReactNode } from 'react'
import type { LimitFormula, LimitPolicy } from '#kernel/limit/limit-policy.ts'
import { amountText } from '../ui/amount-text.ts'
import { Card, Descriptions } from '../ui/page.tsx'
import { TermsText } from '../ui/terms-text.tsx'
import { useWords } from '../ui/use-words.ts'
import { IndicatorName } from './condition-text.tsx'
import { useGradeOrder } from './use-grade-order.ts'
import { VariantsView } from './variants-view.tsx'

/** A limit policy: its formulas in words, then what each grade may have. */
export function LimitPolicyView({ policy }: { policy: LimitPolicy }): ReactNode {
  const { pick, say } = useWords()
  const { keepWithin, raise } = policy
  return (
    <>
      <Card title={pick(policy.label)}>
        <p className="card-note">{say(`policy.combine.${policy.combine}`)}</p>
        <ol className="formulas">
          {policy.formulas.map((formula) => (
            <li key={formula.id}>
              <strong>{pick(formula.label)}</strong>
              <div>
                <Formula formula={formula} currency={policy.currency} />
              </div>
            </li>
          ))}
        </ol>
        <Descriptions
          items={[
            [say('ui.currency'), policy.currency],
            [say('policy.roundTo'), amountText(policy.roundTo)],
            [
              say('policy.keepWithin'),
              keepWithin && `${keepWithin.share}, ${amountText(keepWithin.amount)}`,
            ],
            [
              say('policy.raise'),
              raise && say('policy.raise.text', { share: raise.share, months: raise.everyMonths }),
            ],
          ]}
        />
      </Card>
      <ByGrade policy={policy} />
      <NewCustomers policy={policy} />
      <VariantsView policy={policy} show={(merged) => <LimitPolicyView policy={merged} />} />
    </>
  )
}

function Formula(of: { readonly formula: LimitFormula; readonly currency: string }): ReactNode {
  const { say } = useWords()
  const { currency, formula } = of
  switch (formula.kind) {
    case 'need':
      return (
        <>
          <IndicatorName id={formula.monthlySales} /> × ({say('policy.termDays')}
          {formula.expectedDelay && (
            <>
              {' '}
              + <IndicatorName id={formula.expectedDelay} />
            </>
          )}
          ) ÷ 30 × {formula.seasonFactor}
        </>
      )
    case 'share-of-net-worth':
    case 'share-of-annual-sales':
      return (
        <>
          <IndicatorName id={formula.indicator} /> × {say('policy.shareOfGrade')}
        </>
      )
    case 'peak-exposure':
      return (
        <>
          <IndicatorName id={formula.indicator} /> × {formula.factor}
        </>
      )
    case 'fixed':
      return say('policy.fixed')
    case 'expected-loss':
      return say('policy.expectedLoss', {
        budget: `${amountText(formula.budget)} ${currency}`,
        loss: formula.lossGivenDefault,
      })
  }
}

function ByGrade({ policy }: { policy: LimitPolicy }): ReactNode {
  const { pick, say } = useWords()
  const inOrder = useGradeOrder()
  const tables = policy.formulas.flatMap(tableOf)
  return (
    <Card title={say('policy.byGrade')}>
      <div className="table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th>{say('policy.grade')}</th>
              {tables.map(({ formula }) => (
                <th key={formula.id} className="right">
                  {pick(formula.label)}
                </th>
              ))}
              <th className="right">{say('policy.floor')}</th>
              <th className="right">{say('policy.cap')}</th>
              <th>{say('company.terms')}</th>
              <th className="right">{say('policy.validity')}</th>
              <th className="right">{say('policy.review')}</th>
            </tr>
          </thead>
          <tbody>
            {inOrder(policy.terms).map(([grade, { code }]) => (
              <tr key={grade}>
                <th scope="row">{grade}</th>
                {tables.map(({ formula, values }) => (
                  <td key={formula.id} className="right">
                    {formula.kind === 'fixed' ? amountText(values[grade] ?? '0') : values[grade]}
                  </td>
                ))}
                <td className="right">{amountText(policy.floors?.[grade] ?? '0')}</td>
                <td className="right">{amountText(policy.caps[grade] ?? '0')}</td>
                <td>
                  <TermsText terms={code} />
                </td>
                <td className="right">{policy.validityMonths[grade]}</td>
                <td className="right">{policy.reviewMonths[grade]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

type GradeTable = {
  readonly formula: LimitFormula
  readonly values: Readonly<Record<string, string>>
}

function tableOf(formula: LimitFormula): readonly GradeTable[] {
  if ('shares' in formula) return [{ formula, values: formula.shares }]
  return formula.kind === 'fixed' ? [{ formula, values: formula.amounts }] : []
}

function NewCustomers({ policy }: { policy: LimitPolicy }): ReactNode {
  const { say } = useWords()
  const inOrder = useGradeOrder()
  const { amounts, probationMonths, terms, untilInvoices, untilMonths } = policy.newCustomer
  return (
    <Card title={say('policy.newCustomer')}>
      <p className="card-note">
        {say('policy.newCustomer.text', {
          months: untilMonths,
          invoices: untilInvoices,
          probation: probationMonths,
        })}
      </p>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{say('policy.grade')}</th>
            <th className="right">{say('policy.amount')}</th>
            <th>{say('company.terms')}</th>
          </tr>
        </thead>
        <tbody>
          {inOrder(amounts).map(([grade, amount]) => (
            <tr key={grade}>
              <th scope="row">{grade}</th>
              <td className="right">{amountText(amount)}</td>
              <td>
                <TermsText terms={terms[grade]?.code ?? null} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
