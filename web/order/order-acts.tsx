import { Button, Dropdown } from 'antd'
import { type ReactNode, useState } from 'react'
import { useNavigate } from 'react-router'
import type { OrderAnswer, OrderFile } from '#contract/order.ts'
import { ActButton } from '../ui/act-button.tsx'
import { send } from '../ui/api.ts'
import { useAct } from '../ui/use-act.ts'
import { type Say, useWords } from '../ui/use-words.ts'
import { CancelDialog, CloseDialog, CopyDialog } from './end-dialogs.tsx'
import { DeliverDialog, InvoiceDialog, ReturnDialog } from './goods-dialogs.tsx'
import { useReasons } from './use-reasons.ts'

type Dialog = 'deliver' | 'invoice' | 'return' | 'cancel' | 'close' | 'copy'
type Direct = 'check' | 'confirm' | 'reopen'

/** What can be done with an order; what cannot be done now says why. */
export function OrderActs({ order }: { order: OrderFile }): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const why = useReasons(order)
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const path = `/api/orders/${order.id}`
  const direct = useAct<Direct, OrderAnswer>({
    send: (act, key) => send('POST', `${path}/${act}`, { key }),
    done: outcomeOf,
  })
  const dialogOf = (which: Dialog) => ({
    ...{ order, isOpen: dialog === which, close: () => setDialog(null) },
  })
  const next = nextActOf(order)
  return (
    <div className="act-bar">
      <MoreActs why={why} direct={direct.mutate} amend={() => navigate('amend')} open={setDialog} />
      <ActButton
        reason={why.invoice}
        type={next === 'invoice' ? 'primary' : 'default'}
        onClick={() => setDialog('invoice')}
      >
        {say('order.invoice')}
      </ActButton>
      <ActButton
        reason={why.deliver}
        type={next === 'deliver' ? 'primary' : 'default'}
        onClick={() => setDialog('deliver')}
      >
        {say('order.deliver')}
      </ActButton>
      <ActButton
        reason={why.confirm}
        type={next === 'confirm' ? 'primary' : 'default'}
        loading={direct.isPending}
        onClick={() => direct.mutate('confirm')}
      >
        {say('order.confirm')}
      </ActButton>
      <DeliverDialog {...dialogOf('deliver')} />
      <InvoiceDialog {...dialogOf('invoice')} />
      <ReturnDialog {...dialogOf('return')} />
      <CancelDialog {...dialogOf('cancel')} />
      <CloseDialog {...dialogOf('close')} />
      <CopyDialog {...dialogOf('copy')} />
    </div>
  )
}

function MoreActs(of: {
  readonly why: ReturnType<typeof useReasons>
  readonly direct: (act: Direct) => void
  readonly amend: () => void
  readonly open: (dialog: Dialog) => void
}): ReactNode {
  const { say } = useWords()
  const { why } = of
  const more = [
    {
      key: 'check',
      label: say('order.check'),
      reason: why.check,
      act: () => of.direct('check'),
    },
    { key: 'amend', label: say('order.amend'), reason: why.amend, act: () => of.amend() },
    { key: 'return', label: say('order.return'), reason: why.return },
    { key: 'copy', label: say('order.copy'), reason: why.copy },
    {
      key: 'reopen',
      label: say('order.reopen'),
      reason: why.reopen,
      act: () => of.direct('reopen'),
    },
    { key: 'close', label: say('order.close'), reason: why.close },
    { key: 'cancel', label: say('order.cancel'), reason: why.cancel },
  ]
  const items = more.map(({ act, key, label, reason }) => ({
    key,
    disabled: reason !== null,
    label: reason === null ? label : `${label} · ${reason}`,
    onClick: act ?? (() => of.open(key as Dialog)),
  }))
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button className="more">{say('ui.more')}</Button>
    </Dropdown>
  )
}

function nextActOf({ status }: OrderFile): 'confirm' | 'deliver' | 'invoice' | null {
  if (status === 'draft' || status === 'checked') return 'confirm'
  if (status === 'confirmed' || status === 'partly-delivered') return 'deliver'
  return status === 'delivered' || status === 'partly-invoiced' ? 'invoice' : null
}

function outcomeOf(say: Say, { check, order }: OrderAnswer): string {
  const { state } = order
  if (state === 'held') return say('order.done.held')
  if (state === 'checked') return say('order.done.checked')
  if (state === 'draft' && check?.outcome === 'held') return say('order.done.notPassing')
  return say(state === 'confirmed' ? 'order.done.confirmed' : 'order.done.reopened')
}
