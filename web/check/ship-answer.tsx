import { Button, Form, Input } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { CreditCheckReply } from '#contract/check.ts'
import { send } from '../ui/api.ts'
import { Reasons, Remedies } from '../ui/reasons.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { Levels } from './levels.tsx'

export type ShipQuestion = {
  readonly party: string
  readonly amount: string
  readonly currency: string
}

type Of = {
  readonly answer: CreditCheckReply
  /** What may be asked for a release; nothing where the document is asked about elsewhere. */
  readonly question?: ShipQuestion
}

/** The answer first, then why, what would change it, and the room at each level. */
export function ShipAnswer({ answer, question }: Of): ReactNode {
  const { say } = useWords()
  const outcome = answer.outcome as 'approved' | 'warned' | 'held'
  return (
    <div className={`ship-answer outcome-${outcome}`} role="status" aria-live="polite">
      <p className="ship-outcome">{say(`check.${outcome}`)}</p>
      <Reasons fired={answer.fired} />
      {outcome === 'held' && (
        <>
          <h3>{say(answer.remedies.length > 0 ? 'check.remedies' : 'check.remedies.none')}</h3>
          <Remedies remedies={answer.remedies} />
          {question && <AskForRelease question={question} />}
        </>
      )}
      <Levels answer={answer} />
      <Link to={`/customers/${answer.partyId}`}>{say('check.openFile')}</Link>
    </div>
  )
}

/** Reserves under the number of the document: held as it is, it waits for a release and its owner is told. */
function AskForRelease({ question }: { question: ShipQuestion }): ReactNode {
  const { say } = useWords()
  const ask = useAct<{ readonly document: string }, CreditCheckReply>({
    send: ({ document }, key) =>
      send('POST', '/api/credit-checks', {
        body: { ...question, document, mode: 'reserve' },
        key,
      }),
    done: (words, { outcome }) => words(outcome === 'held' ? 'check.asked' : 'check.approved'),
    touches: ['/api/holds', '/api/today', '/api/credit-accounts', '/api/parties'],
  })
  if (ask.data) {
    const { holdId, partyId } = ask.data
    return (
      <p>
        {say(ask.data.outcome === 'held' ? 'check.asked' : 'check.approved')}{' '}
        {holdId && <Link to={`/holds/${partyId}/${holdId}`}>{say('check.openHold')}</Link>}
      </p>
    )
  }
  return (
    <Form layout="inline" onFinish={ask.mutate} requiredMark={false} className="ask-release">
      <Form.Item
        name="document"
        label={say('check.document')}
        rules={[{ required: true, message: say('ui.required') }]}
      >
        <Input maxLength={80} autoComplete="off" />
      </Form.Item>
      <Button htmlType="submit" loading={ask.isPending}>
        {say('check.askRelease')}
      </Button>
    </Form>
  )
}
