import { Button, type ButtonProps, Tooltip } from 'antd'
import type { ReactNode } from 'react'

/** A button that is never hidden: with a reason it does nothing, and tells why to mouse, keyboard and ear. */
export function ActButton({
  reason,
  ...button
}: ButtonProps & { readonly reason?: string | null | false | undefined }): ReactNode {
  if (!reason) return <Button {...button} />
  const { children, className = '', danger, size } = button
  return (
    <Tooltip title={reason} trigger={['hover', 'focus']}>
      <Button
        aria-disabled
        aria-description={reason}
        className={`${className} act-off`}
        danger={danger ?? false}
        {...(size && { size })}
      >
        {children}
      </Button>
    </Tooltip>
  )
}
