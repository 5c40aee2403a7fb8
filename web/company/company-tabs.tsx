import type { ReactNode } from 'react'
import { PageTabs } from '../ui/page-tabs.tsx'

export function CompanyTabs(): ReactNode {
  return (
    <PageTabs
      name="shell.company"
      tabs={[
        { to: '/company', name: 'company.about' },
        { to: '/company/rates', name: 'company.rates' },
        { to: '/company/calendar', name: 'company.calendar' },
        { to: '/company/terms', name: 'company.terms' },
      ]}
    />
  )
}
