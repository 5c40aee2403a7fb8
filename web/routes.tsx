import { type ComponentType, lazy, type ReactNode } from 'react'
import { createBrowserRouter, Link, Navigate, useRouteError } from 'react-router'
import { Shell } from './shell/shell.tsx'
import { Page } from './ui/page.tsx'
import { ProblemNote } from './ui/problem.tsx'
import { useWords } from './ui/use-words.ts'
import { useMe } from './user/use-me.ts'

/** By address; a page is fetched when it is opened. */
const pages: Readonly<Record<string, () => Promise<ComponentType>>> = {
  today: async () => (await import('./report/today-page.tsx')).TodayPage,
  check: async () => (await import('./check/ship-check-page.tsx')).ShipCheckPage,
  customers: async () => (await import('./customer/customers-page.tsx')).CustomersPage,
  imports: async () => (await import('./import/imports-page.tsx')).ImportsPage,
  'imports/:id': async () => (await import('./import/import-page.tsx')).ImportPage,
  ageing: async () => (await import('./receivable/ageing-page.tsx')).AgeingPage,
  invoices: async () => (await import('./receivable/invoices-page.tsx')).InvoicesPage,
  'invoices/:partyId/:id': async () => (await import('./receivable/invoice-page.tsx')).InvoicePage,
  receipts: async () => (await import('./receivable/receipts-page.tsx')).ReceiptsPage,
  'receipts/:partyId/:id': async () => (await import('./receivable/receipt-page.tsx')).ReceiptPage,
  groups: async () => (await import('./exposure/groups-page.tsx')).GroupsPage,
  orders: async () => (await import('./order/orders-page.tsx')).OrdersPage,
  'orders/contracts': async () => (await import('./order/contracts-page.tsx')).ContractsPage,
  'orders/new': async () => (await import('./order/new-order-page.tsx')).NewOrderPage,
  'orders/contracts/:id': async () => (await import('./order/contract-page.tsx')).ContractPage,
  'orders/:id': async () => (await import('./order/order-page.tsx')).OrderPage,
  'orders/:id/amend': async () => (await import('./order/amend-order-page.tsx')).AmendOrderPage,
  'customers/:partyId': async () => (await import('./party/credit-file-page.tsx')).CreditFilePage,
  formulas: async () =>
    (await import('./policy/formula-playground-page.tsx')).FormulaPlaygroundPage,
  holds: async () => (await import('./check/holds-page.tsx')).HoldsPage,
  'holds/:partyId/:id': async () => (await import('./check/hold-page.tsx')).HoldPage,
  policies: async () => (await import('./policy/policies-page.tsx')).PoliciesPage,
  'policies/compare': async () => (await import('./policy/compare-page.tsx')).ComparePage,
  'policies/first-formulas': async () =>
    (await import('./policy/edit/edit-page.tsx')).FirstFormulasPage,
  'policies/lab': async () => (await import('./lab/replays-page.tsx')).ReplaysPage,
  'policies/lab/:id': async () => (await import('./lab/replay-page.tsx')).ReplayPage,
  'policies/pilots': async () => (await import('./pilot/pilots-page.tsx')).PilotsPage,
  'policies/pilots/:rule': async () => (await import('./pilot/rule-pilot-page.tsx')).RulePilotPage,
  'policies/trials/:kind/:name': async () => (await import('./pilot/trial-page.tsx')).TrialPage,
  'policies/monitoring': async () => (await import('./model/monitoring-page.tsx')).MonitoringPage,
  'policies/models': async () => (await import('./model/models-page.tsx')).ModelsPage,
  'policies/models/tables/:id': async () => (await import('./model/table-page.tsx')).TablePage,
  'policies/models/:id': async () => (await import('./model/model-page.tsx')).ModelPage,
  'policies/:id/edit': async () => (await import('./policy/edit/edit-page.tsx')).EditPolicyPage,
  'policies/:id': async () => (await import('./policy/policy-page.tsx')).PolicyPage,
  company: async () => (await import('./company/company-page.tsx')).CompanyPage,
  'company/rates': async () => (await import('./company/rates-page.tsx')).RatesPage,
  'company/calendar': async () => (await import('./company/calendar-page.tsx')).CalendarPage,
  'company/terms': async () => (await import('./company/terms-page.tsx')).TermsPage,
  audit: async () => (await import('./audit/audit-page.tsx')).AuditPage,
  system: async () => (await import('./system/system-page.tsx')).SystemPage,
  account: async () => (await import('./user/account-page.tsx')).AccountPage,
  users: async () => (await import('./user/persons-page.tsx')).PersonsPage,
  'users/roles': async () => (await import('./user/roles-page.tsx')).RolesPage,
  'users/departments': async () => (await import('./user/departments-page.tsx')).DepartmentsPage,
  'users/keys': async () => (await import('./user/keys-page.tsx')).KeysPage,
  'users/sign-in': async () =>
    (await import('./user/sign-in-settings-page.tsx')).SignInSettingsPage,
  'users/oidc': async () => (await import('./user/oidc-page.tsx')).OidcPage,
}

export function makeRouter() {
  return createBrowserRouter([
    {
      path: '/',
      element: <Frame />,
      errorElement: <Broken />,
      children: [
        { index: true, element: <Navigate to="/today" replace /> },
        { path: 'sign-in', element: <Navigate to="/today" replace /> },
        ...Object.entries(pages).map(([path, load]) => {
          const LazyPage = lazy(async () => ({ default: await patiently(load) }))
          return { path, element: <LazyPage />, errorElement: <Broken /> }
        }),
        { path: '*', element: <NotFoundPage /> },
      ],
    },
  ])
}

const reloadedAt = 'xinheng.reloaded'

/**
 * A page that cannot be had while the server is away opens when it is back, and one that a newer
 * server has under another name is found by loading the workbench anew: browsers remember a failure.
 */
async function patiently<Result>(load: () => Promise<Result>): Promise<Result> {
  try {
    return await load()
  } catch (error) {
    while (!(await isServerThere())) await new Promise((resolve) => setTimeout(resolve, 1_000))
    if (Date.now() - Number(sessionStorage.getItem(reloadedAt)) < 20_000) throw error
    sessionStorage.setItem(reloadedAt, String(Date.now()))
    window.location.reload()
    return new Promise(() => {})
  }
}

function isServerThere(): Promise<boolean> {
  return fetch('/mark.svg', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
}

function Frame(): ReactNode {
  const { data: me } = useMe()
  return me ? <Shell me={me} /> : null
}

function Broken(): ReactNode {
  return <ProblemNote error={useRouteError()} retry={() => window.location.reload()} />
}

function NotFoundPage(): ReactNode {
  const { say } = useWords()
  return (
    <Page title={say('ui.notFound')}>
      <p>
        {say('ui.notFound.detail')} <Link to="/today">{say('shell.today')}</Link>
      </p>
    </Page>
  )
}
