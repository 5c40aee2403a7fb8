import type { Permission } from '#contract/role.ts'
import type { WordKey } from '../words.ts'

type Entry = { readonly to: string; readonly name: WordKey; readonly needs: Permission }

export const menu: readonly {
  readonly name: WordKey | null
  readonly entries: readonly Entry[]
}[] = [
  {
    name: 'shell.group.credit',
    entries: [
      { to: '/today', name: 'shell.today', needs: 'party:read' },
      { to: '/customers', name: 'shell.customers', needs: 'party:read' },
      { to: '/holds', name: 'shell.holds', needs: 'hold:read' },
      { to: '/groups', name: 'shell.groups', needs: 'exposure:read' },
    ],
  },
  {
    name: 'shell.group.business',
    entries: [{ to: '/orders', name: 'shell.orders', needs: 'order:read' }],
  },
  {
    name: 'shell.group.money',
    entries: [
      { to: '/ageing', name: 'shell.ageing', needs: 'receivable:read' },
      { to: '/invoices', name: 'shell.receivables', needs: 'receivable:read' },
      { to: '/receipts', name: 'shell.receipts', needs: 'receivable:read' },
    ],
  },
  {
    name: 'shell.group.setup',
    entries: [
      { to: '/imports', name: 'shell.imports', needs: 'import:read' },
      { to: '/policies', name: 'shell.policies', needs: 'policy:read' },
      { to: '/company', name: 'shell.company', needs: 'system:read' },
      { to: '/users', name: 'shell.users', needs: 'user:admin' },
      { to: '/audit', name: 'shell.audit', needs: 'audit:read' },
      { to: '/system', name: 'shell.system', needs: 'system:read' },
    ],
  },
]
