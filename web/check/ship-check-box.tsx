import { Button, Modal } from 'antd'
import { lazy, type MouseEvent, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useWords } from '../ui/use-words.ts'
import { useMay } from '../user/use-me.ts'
import type { PageEntry } from './palette-entries.ts'
import type { FoundCustomer } from './recent-customers.ts'

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))
const ShipCheck = lazy(async () => ({ default: (await import('./ship-check.tsx')).ShipCheck }))

/** The box on every page: Ctrl or ⌘ and K opens it. */
export function ShipCheckBox({ pages }: { pages: readonly PageEntry[] }): ReactNode {
  const { say } = useWords()
  const may = useMay()
  const [isOpen, setOpen] = useState(false)
  const [customer, setCustomer] = useState<FoundCustomer>()
  const close = () => setOpen(false)
  useLeaving(close)
  const open = () => {
    setCustomer(undefined)
    setOpen(true)
  }
  useOpeningKeys(open)
  const keys = /Mac|iPhone/.test(navigator.platform) ? '⌘ K' : 'Ctrl K'
  const name = say(may('check:run') ? 'check.box' : 'check.find')
  return (
    <>
      <Button className="ship-check-box" onClick={open}>
        <span>{name}</span> <kbd>{keys}</kbd>
      </Button>
      <Modal
        open={isOpen}
        // The key goes back by one step; a click beside it or on the cross closes.
        onCancel={(event) => {
          if (customer && 'key' in event) setCustomer(undefined)
          else close()
        }}
        title={name}
        footer={null}
        width={680}
        wrapProps={{
          onClickCapture: (click: MouseEvent<HTMLElement>) => isLeading(click) && close(),
        }}
        destroyOnHidden
        style={{ top: 64 }}
      >
        <Suspense fallback={null}>
          {customer ? (
            <ShipCheck customer={customer} back={() => setCustomer(undefined)} />
          ) : (
            <Palette pages={pages} choose={setCustomer} close={close} />
          )}
        </Suspense>
      </Modal>
    </>
  )
}

/** Whether a click follows a link on this very page, not into another tab. */
function isLeading(click: MouseEvent<HTMLElement>): boolean {
  const isElsewhere = click.ctrlKey || click.metaKey || click.shiftKey
  return !isElsewhere && click.target instanceof Element && click.target.closest('a') !== null
}

/** The box closes with the page one goes back from, but not with one that is late to be drawn. */
function useLeaving(close: () => void): void {
  useEffect(() => {
    window.addEventListener('popstate', close)
    return () => window.removeEventListener('popstate', close)
  })
}

function useOpeningKeys(open: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      open()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  })
}
