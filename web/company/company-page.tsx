import { Button, Form, Input, Select } from 'antd'
import type { ReactNode } from 'react'
import type { Company } from '#contract/company.ts'
import { ActButton } from '../ui/act-button.tsx'
import { send } from '../ui/api.ts'
import { Card, Loaded, Page } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { useMay } from '../user/use-me.ts'
import { AgeingBuckets } from './ageing-buckets.tsx'
import { CompanyTabs } from './company-tabs.tsx'
import { companyPath, useCompany } from './use-company.ts'
import { useCurrencyChoices } from './use-currency-choices.ts'

/** The company itself, and what its figures are counted by. */
export function CompanyPage(): ReactNode {
  const { say } = useWords()
  const company = useCompany()
  return (
    <Page title={say('shell.company')} note={<CompanyTabs />}>
      <Card title={say('company.about')}>
        <Loaded query={company}>{(now) => <CompanyForm company={now} />}</Loaded>
      </Card>
      <AgeingBuckets />
    </Page>
  )
}

function CompanyForm({ company }: { company: Company }): ReactNode {
  const { say } = useWords()
  const may = useMay()
  const currencies = useCurrencyChoices()
  const change = useAct<Company, unknown>({
    send: (fields, key) => send('PUT', companyPath, { body: changesOf(company, fields), key }),
    isProblemShown: true,
    done: (words) => words('account.saved'),
  })
  const mayWrite = may('company:write')
  const required = [{ required: true, message: say('ui.required') }]
  return (
    <Form<Company>
      layout="vertical"
      requiredMark={false}
      initialValues={company}
      disabled={!mayWrite}
      onFinish={change.mutate}
    >
      <div className="form-grid">
        <Form.Item name="name" label={say('company.name')} rules={required}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item
          name="baseCurrency"
          label={say('company.baseCurrency')}
          extra={say('company.baseCurrency.hint')}
        >
          <Select showSearch={{ optionFilterProp: 'label' }} options={currencies} />
        </Form.Item>
        <Form.Item
          name="timeZone"
          label={say('company.timeZone')}
          extra={say('company.timeZone.hint')}
        >
          <Select
            showSearch
            options={Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value }))}
          />
        </Form.Item>
      </div>
      {change.error && <ProblemNote error={change.error} />}
      {mayWrite ? (
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {say('ui.save')}
        </Button>
      ) : (
        <ActButton reason={say('ui.noPermission', { permission: 'company:write' })}>
          {say('ui.save')}
        </ActButton>
      )}
    </Form>
  )
}

/** Only what differs: naming the base currency, even the same, chooses it for good. */
function changesOf(before: Company, after: Company): Partial<Company> {
  const names = ['name', 'baseCurrency', 'timeZone'] as const
  return Object.fromEntries(
    names.flatMap((name) => (after[name] === before[name] ? [] : [[name, after[name]]])),
  )
}
