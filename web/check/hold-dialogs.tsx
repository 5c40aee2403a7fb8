import { AutoComplete, Form } from 'antd'
import type { ReactNode } from 'react'
import type { Hold } from '#contract/hold.ts'
import { problems } from '#contract/problem.ts'
import { roles } from '#contract/role.ts'
import { ActDialog } from '../ui/act-dialog.tsx'
import { ProblemError, send } from '../ui/api.ts'
import { NotDone, type Undone } from '../ui/not-done.tsx'
import { ReasonInput } from '../ui/reason-input.tsx'
import { useWords } from '../ui/use-words.ts'
import { useRoleName } from '../user/use-role-name.ts'
import type { WordKey } from '../words.ts'

export type HeldOne = Pick<Hold, 'partyId' | 'id' | 'number'>

export function holdPath({ id, partyId }: HeldOne): string {
  return `/api/holds/${partyId}/${id}`
}

type Dialog = { readonly isOpen: boolean; readonly close: () => void }

/** Turns one or several down, each by itself, for one reason. */
export function RejectDialog(of: Dialog & { readonly holds: readonly HeldOne[] }): ReactNode {
  const { say } = useWords()
  const { holds } = of
  const reject = async ({ reason }: { reason: string }, key: string) => {
    const failed: Undone[] = []
    for (const hold of holds) {
      try {
        await send('POST', `${holdPath(hold)}/reject`, {
          body: { reason },
          key: `${key} ${hold.id}`,
        })
      } catch (error) {
        if (holds.length === 1 || !(error instanceof ProblemError)) throw error
        failed.push({ name: hold.number, problem: `${error.title}: ${error.message}` })
      }
    }
    return failed
  }
  const [first] = holds
  return (
    <ActDialog<{ reason: string }, Undone[]>
      {...{ isOpen: of.isOpen, close: of.close, send: reject, isDanger: true }}
      title={
        holds.length === 1
          ? say('hold.reject.title', { number: first?.number ?? '' })
          : say('hold.reject.batch', { count: holds.length })
      }
      submit={say('hold.reject')}
      done={(words, failed) =>
        holds.length === 1
          ? words('hold.done.rejected')
          : words('hold.done.batch', { done: holds.length - failed.length })
      }
      left={(failed) => (failed.length > 0 ? <NotDone undone={failed} /> : null)}
    >
      <ReasonItem
        name="reason"
        label="ui.reason"
        phrases={['hold.phrase.overdue', 'hold.phrase.over', 'hold.phrase.incomplete']}
      />
    </ActDialog>
  )
}

/** Takes back what was let pass. */
export function RecallDialog(of: Dialog & { readonly hold: HeldOne }): ReactNode {
  const { say } = useWords()
  const { hold } = of
  return (
    <ActDialog<{ reason: string }, Hold>
      {...{ isOpen: of.isOpen, close: of.close, isDanger: true }}
      title={say('hold.recall.title', { number: hold.number })}
      submit={say('hold.recall')}
      send={({ reason }, key) =>
        send('POST', `${holdPath(hold)}/recall`, { body: { reason }, key })
      }
      done={(words) => words('hold.done.recalled')}
    >
      <p className="quiet">{say('hold.recall.hint')}</p>
      <ReasonItem
        name="reason"
        label="ui.reason"
        phrases={['hold.phrase.mistaken', 'hold.phrase.news']}
      />
    </ActDialog>
  )
}

export function useProblemTitle(): (kind: string) => string {
  const { pick } = useWords()
  return (kind) => {
    const known = Object.entries(problems).find(([name]) => name === kind)
    return known ? pick(known[1]) : kind
  }
}

export function ReasonItem(of: {
  readonly name: string
  readonly label: WordKey
  readonly phrases: readonly WordKey[]
}): ReactNode {
  const { say } = useWords()
  return (
    <Form.Item
      name={of.name}
      label={say(of.label)}
      rules={[{ required: true, whitespace: true, message: say('ui.required') }]}
    >
      <ReasonInput phrases={of.phrases} />
    </Form.Item>
  )
}

/** Asks who sells the document, or answers what was asked. */
export function TalkDialog(
  of: Dialog & { readonly hold: Hold; readonly kind: 'ask' | 'answer' },
): ReactNode {
  const { say } = useWords()
  const { hold, kind } = of
  const isAsking = kind === 'ask'
  return (
    <ActDialog<{ words: string }, Hold>
      {...{ isOpen: of.isOpen, close: of.close }}
      title={`${say(isAsking ? 'hold.ask' : 'hold.answer')} · ${hold.number}`}
      submit={say(isAsking ? 'hold.ask' : 'hold.answer')}
      send={({ words }, key) =>
        send('POST', `${holdPath(hold)}/${kind}`, {
          body: isAsking ? { question: words } : { answer: words },
          key,
        })
      }
      done={(words) => words(isAsking ? 'hold.done.asked' : 'hold.done.answered')}
    >
      {!isAsking && <blockquote className="said">{hold.question}</blockquote>}
      <ReasonItem
        name="words"
        label={isAsking ? 'hold.question' : 'hold.theAnswer'}
        phrases={
          isAsking
            ? ['hold.phrase.whenPaid', 'hold.phrase.whyMore', 'hold.phrase.split']
            : ['hold.phrase.promised', 'hold.phrase.paid']
        }
      />
    </ActDialog>
  )
}

/** Hands a hold to a role or a person. */
export function AssignDialog(of: Dialog & { readonly hold: Hold }): ReactNode {
  const { say } = useWords()
  const roleName = useRoleName()
  const { hold } = of
  const people = [...new Set([hold.salesperson, hold.requestedBy])].flatMap((name) => name ?? [])
  const choices = ['credit-manager', 'accountant', 'sales', 'admin', ...people]
  // A role is chosen by its word and sent by its name.
  const ownerOf = (typed: string) => roles.find((role) => roleName(role) === typed) ?? typed
  return (
    <ActDialog<{ owner: string }, Hold>
      {...{ isOpen: of.isOpen, close: of.close }}
      title={`${say('hold.assign')} · ${hold.number}`}
      submit={say('hold.assign')}
      send={({ owner }, key) =>
        send('PUT', `${holdPath(hold)}/owner`, { body: { owner: ownerOf(owner.trim()) }, key })
      }
      done={(words) => words('hold.done.assigned')}
    >
      <Form.Item
        name="owner"
        label={say('hold.newOwner')}
        extra={say('hold.newOwner.hint')}
        rules={[{ required: true, whitespace: true, message: say('ui.required') }]}
      >
        <AutoComplete options={choices.map((one) => ({ value: roleName(one) }))} />
      </Form.Item>
    </ActDialog>
  )
}
