import type { ReactNode } from 'react'
import { PageTabs } from '../ui/page-tabs.tsx'

export function UserTabs(): ReactNode {
  return (
    <PageTabs
      name="shell.users"
      tabs={[
        { to: '/users', name: 'people.persons' },
        { to: '/users/roles', name: 'people.roles' },
        { to: '/users/departments', name: 'people.departments' },
        { to: '/users/keys', name: 'people.keys' },
        { to: '/users/sign-in', name: 'people.signIn' },
        { to: '/users/oidc', name: 'people.oidc' },
      ]}
    />
  )
}
