import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { CustomerLine, CustomerPage } from '#contract/customer.ts'
import { ActButton } from '../ui/act-button.tsx'
import { ListPage, type RowAct } from '../ui/list-page.tsx'
import { EmptyState } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import { useMay, useMayNot } from '../user/use-me.ts'
import { NewCustomerDialog } from './new-customer-dialog.tsx'
import { RateDialog } from './rate-dialog.tsx'
import { StatusDialog } from './status-dialog.tsx'
import { useCustomerColumns } from './use-customer-columns.tsx'
import { useCustomerFilters } from './use-customer-filters.ts'

type Chosen = {
  readonly act: 'rate' | 'status' | 'new' | null
  readonly rows: readonly CustomerLine[]
}

/** Every customer with what finance knows of it. */
export function CustomersPage(): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const may = useMay()
  const [chosen, setChosen] = useState<Chosen>({ act: null, rows: [] })
  const close = () => setChosen(({ rows }) => ({ act: null, rows }))
  const needs = useMayNot()
  const acts: readonly RowAct<CustomerLine>[] = [
    {
      ...{ key: 'r', name: 'customer.rate', reason: needs('scoring:run') },
      run: (rows) => setChosen({ act: 'rate', rows }),
    },
    {
      ...{ key: 's', name: 'customer.setStatus', reason: needs('exposure:freeze') },
      run: (rows) => setChosen({ act: 'status', rows }),
    },
  ]
  const create = (
    <ActButton
      type="primary"
      reason={needs('party:write')}
      onClick={() => setChosen({ act: 'new', rows: [] })}
    >
      {say('customer.new')}
    </ActButton>
  )
  return (
    <>
      <ListPage<CustomerLine, CustomerPage>
        title="shell.customers"
        path="/api/customers"
        exportPath="/api/customers.xlsx"
        viewsOf="customers"
        isExportByColumns
        isInUnits
        hasTotals
        filters={useCustomerFilters()}
        columns={useCustomerColumns()}
        acts={acts}
        actions={create}
        rowKey={({ partyId }) => partyId}
        open={({ partyId }) => navigate(`/customers/${partyId}`)}
        count={({ totals }) => totals?.customers}
        remark={({ totals }) =>
          totals && totals.withoutRate > 0
            ? say('customer.totals.noRate', { count: totals.withoutRate })
            : null
        }
        empty={<NoCustomers mayImport={may('import:write')} create={create} />}
      />
      <RateDialog isOpen={chosen.act === 'rate'} close={close} customers={chosen.rows} />
      <StatusDialog isOpen={chosen.act === 'status'} close={close} customers={chosen.rows} />
      <NewCustomerDialog isOpen={chosen.act === 'new'} close={close} />
    </>
  )
}

function NoCustomers(of: { readonly mayImport: boolean; readonly create: ReactNode }): ReactNode {
  const { say } = useWords()
  return (
    <EmptyState
      title={say('customer.empty')}
      text={say('customer.empty.text')}
      action={
        <span className="marks">
          {of.mayImport && (
            <Link to="/imports">
              <Button tabIndex={-1}>{say('customer.import')}</Button>
            </Link>
          )}
          {of.create}
        </span>
      }
    />
  )
}
