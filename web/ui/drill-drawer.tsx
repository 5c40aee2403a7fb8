import { Drawer } from 'antd'
import type { ReactNode } from 'react'

/** What stands behind a figure, beside the page that shows it. */
export function DrillDrawer(of: {
  readonly title: ReactNode
  readonly isOpen: boolean
  readonly close: () => void
  readonly width?: number
  readonly children: ReactNode
}): ReactNode {
  return (
    <Drawer
      title={of.title}
      open={of.isOpen}
      onClose={of.close}
      size={Math.min(of.width ?? 720, window.innerWidth)}
      destroyOnHidden
    >
      {of.children}
    </Drawer>
  )
}
