import { useQuery } from '@tanstack/react-query'
import { DatePicker, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { type ReactNode, useState } from 'react'
import type { ExchangeRates } from '#contract/company.ts'
import { exponentOf, parseCurrency } from '#kernel/money/currency.ts'
import { ActButton } from '../ui/act-button.tsx'
import { ActDialog } from '../ui/act-dialog.tsx'
import { get, send } from '../ui/api.ts'
import { DayText } from '../ui/money.tsx'
import { Card, EmptyState, Loaded, Page } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useWords } from '../ui/use-words.ts'
import { useMay } from '../user/use-me.ts'
import { CompanyTabs } from './company-tabs.tsx'
import { useCompany } from './use-company.ts'
import { useCurrencyChoices } from './use-currency-choices.ts'

const path = '/api/exchange-rates'

/** The latest rate of each pair of currencies. */
export function RatesPage(): ReactNode {
  const { say } = useWords()
  const may = useMay()
  const [isNew, setNew] = useState(false)
  const rates = useQuery({ queryKey: [path], queryFn: () => get<ExchangeRates>(path) })
  return (
    <Page
      title={say('shell.company')}
      name={say('company.rates')}
      note={<CompanyTabs />}
      actions={
        <ActButton
          type="primary"
          reason={!may('company:write') && say('ui.noPermission', { permission: 'company:write' })}
          onClick={() => setNew(true)}
        >
          {say('company.rates.new')}
        </ActButton>
      }
    >
      <Card title={say('company.rates')}>
        <Loaded query={rates} rows={4}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title={say('company.rates.none')} text={say('company.rates.none.text')} />
            ) : (
              <RateTable rates={items} />
            )
          }
        </Loaded>
      </Card>
      <CurrencyTable />
      <NewRateDialog isOpen={isNew} close={() => setNew(false)} />
    </Page>
  )
}

function RateTable({ rates }: { rates: ExchangeRates['items'] }): ReactNode {
  return (
    <PlainTable
      titles={[
        'company.rates.from',
        'company.rates.to',
        '>company.rates.rate',
        'company.rates.day',
        'company.rates.source',
      ]}
    >
      {rates.map(({ from, rate, rateOn, source, to }) => (
        <tr key={`${from} ${to}`}>
          <th scope="row">{from}</th>
          <td>{to}</td>
          <td className="right">{rate.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')}</td>
          <td>
            <DayText day={rateOn} />
          </td>
          <td>{source}</td>
        </tr>
      ))}
    </PlainTable>
  )
}

type Fields = {
  readonly from: string
  readonly to: string
  readonly rate: string
  readonly rateOn: Dayjs
  readonly source?: string
}

function NewRateDialog(of: { readonly isOpen: boolean; readonly close: () => void }): ReactNode {
  const { say } = useWords()
  const currencies = useCurrencyChoices()
  const { data: company } = useCompany()
  const required = { required: true, message: say('ui.required') }
  return (
    <ActDialog<Fields, unknown>
      {...of}
      title={say('company.rates.new')}
      submit={say('ui.save')}
      initial={{ from: 'USD', to: company?.baseCurrency ?? 'CNY', rateOn: dayjs() }}
      send={({ rateOn, source, ...rest }, key) =>
        send('POST', path, {
          body: {
            rates: [{ ...rest, rateOn: rateOn.format('YYYY-MM-DD'), ...(source && { source }) }],
          },
          key,
        })
      }
      done={(words) => words('account.saved')}
    >
      <div className="form-grid">
        <Form.Item name="from" label={say('company.rates.from')} rules={[required]}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={currencies} />
        </Form.Item>
        <Form.Item
          name="to"
          label={say('company.rates.to')}
          dependencies={['from']}
          rules={[
            required,
            ({ getFieldValue }) => ({
              validator: async (_rule, value) => {
                if (value === getFieldValue('from')) throw new Error(say('company.rates.same'))
              },
            }),
          ]}
        >
          <Select showSearch={{ optionFilterProp: 'label' }} options={currencies} />
        </Form.Item>
        <Form.Item
          name="rate"
          label={say('company.rates.rate')}
          extra={say('company.rates.rate.hint')}
          rules={[
            required,
            { pattern: /^\d{1,12}(\.\d{1,12})?$/, message: say('company.rates.rate.wrong') },
          ]}
        >
          <Input inputMode="decimal" autoComplete="off" />
        </Form.Item>
        <Form.Item name="rateOn" label={say('company.rates.day')} rules={[required]}>
          <DatePicker allowClear={false} />
        </Form.Item>
        <Form.Item name="source" label={say('company.rates.source')}>
          <Input maxLength={60} placeholder={say('company.rates.source.hint')} />
        </Form.Item>
      </div>
    </ActDialog>
  )
}

const known = ['CNY', 'USD', 'EUR', 'HKD', 'GBP', 'JPY', 'KRW', 'KWD'] as const

/** Which currencies there are, how exactly they are counted, and how they may be written. */
function CurrencyTable(): ReactNode {
  const { language, say } = useWords()
  const [typed, setTyped] = useState('')
  const read = parseCurrency(typed)
  const names = new Intl.DisplayNames([language], { type: 'currency' })
  const shown = typed === '' ? known.map(parseCurrency) : [read]
  return (
    <Card title={say('company.currencies')}>
      <div className="filter card-note">
        <span aria-hidden>{say('company.currencies.try')}</span>
        <Input
          aria-label={say('company.currencies.try')}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          placeholder={say('company.currencies.hint')}
          style={{ width: 220 }}
          allowClear
        />
      </div>
      {typed !== '' && read === null ? (
        <p className="quiet">{say('company.currencies.unknown')}</p>
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              <th>{say('ui.currency')}</th>
              <th>{say('company.currencies.name')}</th>
              <th className="right">{say('company.currencies.decimals')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(
              (code) =>
                code && (
                  <tr key={code}>
                    <th scope="row">{code}</th>
                    <td>{names.of(code)}</td>
                    <td className="right">{exponentOf(code)}</td>
                  </tr>
                ),
            )}
          </tbody>
        </table>
      )}
    </Card>
  )
}
