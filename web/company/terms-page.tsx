import { DatePicker, Input } from 'antd'
import dayjs from 'dayjs'
import { type ReactNode, useState } from 'react'
import { day } from '#kernel/calendar/day.ts'
import { formatTerms, termsCode } from '#kernel/calendar/format-terms.ts'
import { parseTerms } from '#kernel/calendar/parse-terms.ts'
import { dueDatesOf, type PaymentTerms, termDaysOf } from '#kernel/calendar/terms.ts'
import { parseCurrency } from '#kernel/money/currency.ts'
import { money, toDecimal } from '#kernel/money/money.ts'
import { DayText } from '../ui/money.tsx'
import { Card, Descriptions, Page } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import { CompanyTabs } from './company-tabs.tsx'

const examples = [
  'company.terms.example.1',
  'company.terms.example.2',
  'company.terms.example.3',
  'company.terms.example.4',
  'company.terms.example.5',
  'company.terms.example.6',
] as const

/** How texts of payment terms are understood, on imports and everywhere else. */
export function TermsPage(): ReactNode {
  const { say } = useWords()
  const [typed, setTyped] = useState<string>(say('company.terms.example.1'))
  const [invoicedOn, setInvoicedOn] = useState(dayjs())
  return (
    <Page title={say('shell.company')} name={say('company.terms')} note={<CompanyTabs />}>
      <Card title={say('company.terms.try')}>
        <p className="quiet card-note">{say('company.terms.note')}</p>
        <div className="choices card-note">
          <div className="filter">
            <span aria-hidden>{say('company.terms')}</span>
            <Input
              aria-label={say('company.terms')}
              value={typed}
              maxLength={120}
              onChange={({ target }) => setTyped(target.value)}
              style={{ width: 260 }}
            />
          </div>
          <div className="filter">
            <span aria-hidden>{say('company.terms.invoicedOn')}</span>
            <DatePicker
              aria-label={say('company.terms.invoicedOn')}
              allowClear={false}
              value={invoicedOn}
              onChange={(chosen) => chosen && setInvoicedOn(chosen)}
            />
          </div>
        </div>
        <div aria-live="polite">
          <Reading text={typed} invoicedOn={invoicedOn.format('YYYY-MM-DD')} />
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: a set of fields draws a frame of its own */}
        <div role="group" aria-label={say('company.terms.examples')} className="phrases">
          <span aria-hidden className="phrases-name">
            {say('company.terms.examples')}
          </span>
          {examples.map((example) => (
            <button
              key={example}
              type="button"
              className="phrase"
              onClick={() => setTyped(say(example))}
            >
              {say(example)}
            </button>
          ))}
        </div>
      </Card>
    </Page>
  )
}

type Of = { readonly text: string; readonly invoicedOn: string }

function Reading({ invoicedOn, text }: Of): ReactNode {
  const { language, say } = useWords()
  const reading = parseTerms(text)
  switch (reading.kind) {
    case 'terms':
      return <Understood terms={reading.terms} invoicedOn={invoicedOn} />
    case 'ambiguous':
      return (
        <>
          <p className="card-note">{say('company.terms.ambiguous')}</p>
          <ul>
            {reading.candidates.map((terms) => (
              <li key={termsCode(terms)}>{formatTerms(terms, language === 'en' ? 'en' : 'zh')}</li>
            ))}
          </ul>
        </>
      )
    case 'not-terms':
      return <p className="negative">{say('company.terms.not')}</p>
  }
}

function Understood(of: { readonly terms: PaymentTerms; readonly invoicedOn: string }): ReactNode {
  const { language, say } = useWords()
  const { invoicedOn, terms } = of
  const currency = parseCurrency('CNY')
  if (currency === null) return null
  // A hundred, so that the parts of instalments read as their shares.
  const due = dueDatesOf(terms, { invoicedOn: day(invoicedOn) }, money(10_000n, currency))
  return (
    <Descriptions
      items={[
        [say('company.terms.understood'), formatTerms(terms, language === 'en' ? 'en' : 'zh')],
        [say('company.terms.code'), <code key="code">{termsCode(terms)}</code>],
        [say('company.terms.days'), String(termDaysOf(terms))],
        [
          say('company.terms.due'),
          due.map(({ dueOn, money: part }) => (
            <div key={dueOn}>
              <DayText day={dueOn} />
              {due.length > 1 && <span className="quiet"> {toDecimal(part)} %</span>}
            </div>
          )),
        ],
      ]}
    />
  )
}
