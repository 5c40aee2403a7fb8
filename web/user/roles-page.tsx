import { Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { guardedPermissions, may, permissions, roles } from '#contract/role.ts'
import { Card, Page } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import { useRoleName } from './use-role-name.ts'
import { UserTabs } from './user-tabs.tsx'

/** What each role may: one table for everybody who asks why something is refused. */
export function RolesPage(): ReactNode {
  const { say } = useWords()
  const roleName = useRoleName()
  return (
    <Page title={say('shell.users')} name={say('people.roles')} note={<UserTabs />}>
      <Card title={say('people.roles')}>
        <p className="quiet card-note">{say('people.roles.note')}</p>
        <div className="table-scroll">
          <table className="plain-table">
            <thead>
              <tr>
                <th>{say('people.permission')}</th>
                {roles.map((role) => (
                  <th key={role} className="center">
                    {roleName(role)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {permissions.map((permission) => (
                <tr key={permission}>
                  <th scope="row">
                    {say(`permission.${permission}`)} <span className="quiet">{permission}</span>{' '}
                    {guardedPermissions.includes(permission) && (
                      <Tooltip title={say('people.guarded.note')}>
                        <span className="mark mark-warn">{say('people.guarded')}</span>
                      </Tooltip>
                    )}
                  </th>
                  {roles.map((role) => (
                    <td key={role} className="center">
                      {may([role], permission) ? (
                        <>
                          <span aria-hidden>✓</span>
                          <span className="unseen">{say('ui.yes')}</span>
                        </>
                      ) : (
                        <span className="unseen">{say('ui.no')}</span>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Card>
    </Page>
  )
}
