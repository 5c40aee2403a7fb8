import { Button, Modal } from 'antd'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useLocation } from 'react-router'
import { useWords } from '../ui/use-words.ts'
import { useMay } from '../user/use-me.ts'

const ShipCheck = lazy(async () => ({ default: (await import('./ship-check.tsx')).ShipCheck }))

/** The box on every page: Ctrl or ⌘ and K opens it. */
export function ShipCheckBox(): ReactNode {
  const { say } = useWords()
  const may = useMay()
  const [isOpen, setOpen] = useState(false)
  const { pathname } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a link inside leads to another page
  useEffect(() => setOpen(false), [pathname])
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setOpen(true)
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
  if (!may('check:run')) return <span className="ship-check-box" />
  const keys = /Mac|iPhone/.test(navigator.platform) ? '⌘ K' : 'Ctrl K'
  return (
    <>
      <Button className="ship-check-box" onClick={() => setOpen(true)}>
        <span>{say('check.box')}</span> <kbd>{keys}</kbd>
      </Button>
      <Modal
        open={isOpen}
        onCancel={() => setOpen(false)}
        title={say('check.box')}
        footer={null}
        width={680}
        destroyOnHidden
        style={{ top: 64 }}
      >
        <Suspense fallback={null}>
          <ShipCheck />
        </Suspense>
      </Modal>
    </>
  )
}
