import { DatePicker, Form, Input, Radio } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import type { ReactNode } from 'react'
import type { HoldFile, ReleaseAnswer, ReleaseAnswers } from '#contract/hold.ts'
import { ActDialog } from '../ui/act-dialog.tsx'
import { amountText, compareAmounts } from '../ui/amount-text.ts'
import { send } from '../ui/api.ts'
import { NotDone } from '../ui/not-done.tsx'
import { readAmount } from '../ui/read-amount.ts'
import { useUndo } from '../ui/use-undo.tsx'
import { useWords } from '../ui/use-words.ts'
import { type HeldOne, holdPath, ReasonItem, useProblemTitle } from './hold-dialogs.tsx'
import { useAuthority } from './use-authority.ts'

type Fields = {
  readonly how?: 'all' | 'part'
  readonly upTo?: string
  readonly long: 'once' | 'until'
  readonly until?: Dayjs
  readonly reason: string
}

type Dialog = { readonly isOpen: boolean; readonly close: () => void }

const initial = { how: 'all', long: 'once' }

const releasing = ({ long, reason, until }: Fields) => ({
  reason,
  ...(long === 'until' && until ? { until: until.format('YYYY-MM-DD') } : { once: true }),
})

/** Lets a document pass: all of it or up to an amount, once or until a day. */
export function ReleaseDialog({ close, file, isOpen }: Dialog & { file: HoldFile }): ReactNode {
  const { say } = useWords()
  const { text } = useAuthority(file)
  const offerUndo = useUndo()
  const takeBack = useRecall()
  const asked = (fields: Fields) => ({
    ...releasing(fields),
    ...(fields.how === 'part' ? { amount: readAmount(fields.upTo ?? '') ?? '' } : {}),
  })
  return (
    <ActDialog<Fields, ReleaseAnswer>
      {...{ isOpen, close, initial }}
      title={say('hold.release.title', { number: file.number })}
      submit={say('hold.release')}
      send={(fields, key) =>
        send('POST', `${holdPath(file)}/release`, { body: asked(fields), key })
      }
      onDone={({ outcome }) =>
        offerUndo(
          say(outcome === 'released' ? 'hold.done.released' : 'hold.done.part'),
          takeBack([file]),
        )
      }
    >
      <p className="authority">{text}</p>
      <HowMuch file={file} />
      <HowLong />
      <Reason />
    </ActDialog>
  )
}

/** Takes releases back, one after the other. */
function useRecall(): (holds: readonly HeldOne[]) => (key: string) => Promise<void> {
  const { say } = useWords()
  return (holds) => async (key) => {
    for (const hold of holds) {
      const body = { reason: say('ui.undone') }
      await send('POST', `${holdPath(hold)}/recall`, { body, key: `${key} ${hold.id}` })
    }
  }
}

/** Lets several pass whole, each by itself, for one reason. */
export function BatchReleaseDialog(of: Dialog & { readonly holds: readonly HeldOne[] }): ReactNode {
  const { language, say } = useWords()
  const titleOf = useProblemTitle()
  const offerUndo = useUndo()
  const takeBack = useRecall()
  const numberOf = (id: string) => of.holds.find((hold) => hold.id === id)?.number ?? ''
  const detailOf = ({ detail, zh }: { readonly detail: string; readonly zh?: string }) =>
    language === 'zh-CN' ? (zh ?? detail) : detail
  const failures = ({ items }: ReleaseAnswers) =>
    items.flatMap(({ holdId, problem }) =>
      problem
        ? [{ name: numberOf(holdId), problem: `${titleOf(problem.kind)}: ${detailOf(problem)}` }]
        : [],
    )
  return (
    <ActDialog<Fields, ReleaseAnswers>
      {...{ isOpen: of.isOpen, close: of.close, initial }}
      title={
        of.holds.length === 1
          ? say('hold.release.title', { number: of.holds[0]?.number ?? '' })
          : say('hold.release.batch', { count: of.holds.length })
      }
      submit={say('hold.release')}
      send={(fields, key) => {
        const holds = of.holds.map(({ id, partyId }) => ({ id, partyId }))
        return send('POST', '/api/hold-releases', { body: { holds, ...releasing(fields) }, key })
      }}
      onDone={({ items }) => {
        const released = of.holds.filter(({ id }) =>
          items.some(({ holdId, release }) => holdId === id && release !== null),
        )
        if (released.length === 0) return
        offerUndo(say('hold.done.batch', { done: released.length }), takeBack(released))
      }}
      left={(reply) => {
        const failed = failures(reply)
        return failed.length > 0 ? <NotDone undone={failed} /> : null
      }}
    >
      <HowLong />
      <Reason />
    </ActDialog>
  )
}

function HowMuch({ file }: { file: HoldFile }): ReactNode {
  const { say } = useWords()
  const how = Form.useWatch('how')
  const most = `${amountText(file.documentAmount)} ${file.currency}`
  const validator = async (_rule: unknown, typed = '') => {
    const amount = readAmount(typed)
    if (amount === undefined || compareAmounts(amount, file.documentAmount) > 0) {
      throw new Error(say('hold.upTo.wrong', { most }))
    }
  }
  return (
    <>
      <Form.Item name="how" label={say('hold.howMuch')}>
        <Radio.Group
          options={[
            { value: 'all', label: say('hold.all', { amount: most }) },
            { value: 'part', label: say('hold.part') },
          ]}
        />
      </Form.Item>
      {how === 'part' && (
        <Form.Item name="upTo" label={say('hold.upTo')} rules={[{ validator }]}>
          <Input inputMode="decimal" autoComplete="off" suffix={file.currency} />
        </Form.Item>
      )}
    </>
  )
}

function HowLong(): ReactNode {
  const { say } = useWords()
  const long = Form.useWatch('long')
  return (
    <>
      <Form.Item name="long" label={say('hold.howLong')}>
        <Radio.Group
          options={[
            { value: 'once', label: say('hold.once') },
            { value: 'until', label: say('hold.until') },
          ]}
        />
      </Form.Item>
      {long === 'until' && (
        <Form.Item
          name="until"
          label={say('hold.untilOn')}
          rules={[{ required: true, message: say('ui.required') }]}
        >
          <DatePicker disabledDate={(day) => day.isBefore(dayjs(), 'day')} />
        </Form.Item>
      )}
    </>
  )
}

function Reason(): ReactNode {
  return (
    <ReasonItem
      name="reason"
      label="ui.reason"
      phrases={[
        'hold.phrase.longTerm',
        'hold.phrase.promised',
        'hold.phrase.paid',
        'hold.phrase.raise',
      ]}
    />
  )
}
