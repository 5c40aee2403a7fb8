import { App } from 'antd'
import type { ReactNode } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import type { NewOrder, OrderAnswer } from '#contract/order.ts'
import { send } from '../ui/api.ts'
import { Page } from '../ui/page.tsx'
import { problemTexts } from '../ui/problem.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { useMe } from '../user/use-me.ts'
import { agreedOf, linesToSend, type OrderFields, OrderForm } from './order-form.tsx'

type Kept = { readonly answer: OrderAnswer; readonly problem: unknown }

/** Takes an order down, and confirms it in the same breath where that is wanted. */
export function NewOrderPage(): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const { notification } = App.useApp()
  const [parameters] = useSearchParams()
  const party = parameters.get('party') ?? undefined
  const { data: me } = useMe()
  const keep = useAct<{ fields: OrderFields; isConfirming: boolean }, Kept>({
    send: ({ fields, isConfirming }, key) => keepOrder(fields, isConfirming, key),
    isProblemShown: true,
    done: (words, { answer }) =>
      words(
        answer.check?.outcome === 'held'
          ? 'order.done.held'
          : answer.order.state === 'confirmed'
            ? 'order.done.confirmed'
            : 'order.done.created',
      ),
    onDone: ({ answer, problem }) => {
      if (problem) {
        const { detail, title } = problemTexts(problem, say)
        notification.error({ title, description: detail, duration: 8 })
      }
      navigate(`/orders/${answer.order.id}`)
    },
  })
  const sells = me?.roles.includes('sales') ? { salesperson: me.name } : {}
  return (
    <Page title={say('order.new')} back={{ to: '/orders', name: say('order.orders') }}>
      <OrderForm
        isNew
        initial={{
          ...(party && { party }),
          ...sells,
          currency: 'CNY',
          lines: [{ unit: say('order.piece') }],
        }}
        isSaving={keep.isPending}
        error={keep.error}
        savings={[
          {
            name: say('order.saveConfirm'),
            run: (fields) => keep.mutate({ fields, isConfirming: true }),
          },
          {
            name: say('order.saveDraft'),
            run: (fields) => keep.mutate({ fields, isConfirming: false }),
          },
        ]}
      />
    </Page>
  )
}

/** An order that cannot be confirmed is kept as a draft all the same. */
async function keepOrder(fields: OrderFields, isConfirming: boolean, key: string): Promise<Kept> {
  const { contract, note, payer, requestedOn, salesperson, terms } = agreedOf(fields)
  const body: NewOrder = {
    party: fields.party ?? '',
    currency: fields.currency,
    lines: linesToSend(fields.lines),
    ...(fields.number?.trim() ? { number: fields.number.trim() } : {}),
    ...(contract === null ? {} : { contract }),
    ...(note === null ? {} : { note }),
    ...(payer === null ? {} : { payer }),
    ...(requestedOn === null ? {} : { requestedOn }),
    ...(salesperson === null ? {} : { salesperson }),
    ...(terms === null ? {} : { terms }),
  }
  const answer = await send<OrderAnswer>('POST', '/api/orders', { body, key })
  if (!isConfirming) return { answer, problem: null }
  try {
    const path = `/api/orders/${answer.order.id}/confirm`
    return {
      answer: await send<OrderAnswer>('POST', path, { key: `${key} confirm` }),
      problem: null,
    }
  } catch (problem) {
    return { answer, problem }
  }
}
