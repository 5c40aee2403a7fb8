import { DatePicker, Form, Input, Radio } from 'antd'
import type { Dayjs } from 'dayjs'
import { type ReactNode, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { PolicyVersion, PolicyWithDocument } from '#contract/policy.ts'
import { ActButton } from '../ui/act-button.tsx'
import { ActDialog } from '../ui/act-dialog.tsx'
import { send } from '../ui/api.ts'
import { MomentText, momentText } from '../ui/money.tsx'
import { Card } from '../ui/page.tsx'
import { ReasonInput } from '../ui/reason-input.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'

/** How far a change has come, who did what, and what may be done with it next. */
export function LifeCard({ version }: { version: PolicyWithDocument }): ReactNode {
  const { say } = useWords()
  const { rejection, publicationNote, rejectedBy } = version
  return (
    <Card title={say('life.title')} extra={<Acts version={version} />}>
      <ol className="life-line">
        <Step name={say('life.drafted')} by={version.createdBy} at={version.createdAt} />
        <Step name={say('life.submitted')} by={version.submittedBy} at={version.submittedAt} />
        <Step name={say('life.approved')} by={version.approvedBy} at={version.approvedAt}>
          {version.approvalNote}
        </Step>
        <Step name={say('life.published')} by={version.publishedBy} at={version.publishedAt}>
          {version.state === 'approved' &&
            version.publishAt &&
            say('life.from', { moment: momentText(version.publishAt) })}
        </Step>
        {version.retiredAt && <Step name={say('life.retired')} by="" at={version.retiredAt} />}
      </ol>
      {rejection && (
        <p className="negative">
          {say('life.rejected', { by: rejectedBy ?? '', reason: rejection })}
        </p>
      )}
      {publicationNote && <p>{say('life.again', { reason: publicationNote })}</p>}
    </Card>
  )
}

function Step(of: {
  readonly name: string
  readonly by: string | null
  readonly at: string | null
  readonly children?: ReactNode
}): ReactNode {
  const { say } = useWords()
  return (
    <li className={of.at ? 'is-done' : ''}>
      <strong>{of.name}</strong>
      {of.at ? (
        <span>
          {of.by} <MomentText moment={of.at} />
        </span>
      ) : (
        <span className="quiet">{say('life.notYet')}</span>
      )}
      {of.children && <span className="quiet">{of.children}</span>}
    </li>
  )
}

function Acts({ version }: { version: PolicyWithDocument }): ReactNode {
  const { pick, say } = useWords()
  const navigate = useNavigate()
  const [open, setOpen] = useState<'approve' | 'reject' | 'roll-back' | null>(null)
  const { id, state, steps } = version
  const why = (step: keyof typeof steps) => steps[step] && pick(steps[step])
  const submit = useSubmit(id)
  const publish = usePublish(id)
  const withdraw = useWithdraw(id)
  const isWaiting = state === 'submitted' || state === 'approved'
  return (
    <span className="acts">
      <ActButton
        reason={isWaiting && say('life.edit.waits')}
        onClick={() => navigate(`/policies/${id}/edit`)}
      >
        {say('life.edit')}
      </ActButton>
      {state === 'draft' && (
        <ActButton
          type="primary"
          reason={why('submit')}
          loading={submit.isPending}
          onClick={() => submit.mutate(undefined)}
        >
          {say('life.submit')}
        </ActButton>
      )}
      {isWaiting && (
        <>
          <ActButton
            reason={why('withdraw')}
            loading={withdraw.isPending}
            onClick={() => withdraw.mutate(undefined)}
          >
            {say('life.withdraw')}
          </ActButton>
          <ActButton danger reason={why('reject')} onClick={() => setOpen('reject')}>
            {say('life.reject')}
          </ActButton>
        </>
      )}
      {state === 'submitted' && (
        <ActButton type="primary" reason={why('approve')} onClick={() => setOpen('approve')}>
          {say('life.approve')}
        </ActButton>
      )}
      {state === 'approved' && (
        <ActButton
          reason={why('publish')}
          loading={publish.isPending}
          onClick={() => publish.mutate(undefined)}
        >
          {say('life.publish')}
        </ActButton>
      )}
      {state === 'retired' && (
        <ActButton reason={why('publish')} onClick={() => setOpen('roll-back')}>
          {say('life.rollBack')}
        </ActButton>
      )}
      <ApproveDialog id={id} isOpen={open === 'approve'} close={() => setOpen(null)} />
      <RejectDialog id={id} isOpen={open === 'reject'} close={() => setOpen(null)} />
      <RollBackDialog version={version} isOpen={open === 'roll-back'} close={() => setOpen(null)} />
    </span>
  )
}

function useSubmit(id: string) {
  return useAct({
    send: (_: undefined, key) => send('POST', `/api/policies/${id}/submission`, { key }),
    done: (say) => say('life.submit.done'),
  })
}

function useWithdraw(id: string) {
  return useAct({
    send: (_: undefined, key) => send('DELETE', `/api/policies/${id}/submission`, { key }),
    done: (say) => say('life.withdraw.done'),
  })
}

function usePublish(id: string) {
  return useAct({
    send: (_: undefined, key) => send('POST', `/api/policies/${id}/publication`, { key }),
    done: (say) => say('life.publish.done'),
  })
}

type Dialog = { readonly id: string; readonly isOpen: boolean; readonly close: () => void }

type Approval = { readonly when: 'now' | 'later'; readonly at?: Dayjs; readonly note?: string }

function ApproveDialog(of: Dialog): ReactNode {
  const { say } = useWords()
  const approve = ({ at, note, when }: Approval, key: string) =>
    send<PolicyVersion>('POST', `/api/policies/${of.id}/approval`, {
      key,
      body: {
        ...(when === 'later' && at && { publishAt: at.toDate().toISOString() }),
        ...(note?.trim() && { note: note.trim() }),
      },
    })
  return (
    <ActDialog<Approval, PolicyVersion>
      {...{ isOpen: of.isOpen, close: of.close, send: approve }}
      title={say('life.approve.title')}
      submit={say('life.approve')}
      initial={{ when: 'now' }}
      done={(words, { state }) =>
        words(state === 'published' ? 'life.approve.done' : 'life.approve.done.later')
      }
    >
      <Form.Item name="when" label={say('life.approve.when')}>
        <Radio.Group
          options={(['now', 'later'] as const).map((value) => ({
            value,
            label: say(`life.approve.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) =>
          getFieldValue('when') === 'later' && (
            <Form.Item
              name="at"
              label={say('life.approve.later')}
              rules={[{ required: true, message: say('ui.required') }]}
            >
              <DatePicker showTime format="YYYY-MM-DD HH:mm" />
            </Form.Item>
          )
        }
      </Form.Item>
      <Form.Item name="note" label={say('life.approve.note')}>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
    </ActDialog>
  )
}

type Reason = { readonly reason: string }

function RejectDialog(of: Dialog): ReactNode {
  const { say } = useWords()
  return (
    <ActDialog<Reason, PolicyVersion>
      {...{ isOpen: of.isOpen, close: of.close }}
      title={say('life.reject.title')}
      submit={say('life.reject')}
      isDanger
      send={(body, key) => send('POST', `/api/policies/${of.id}/rejection`, { body, key })}
      done={(words) => words('life.reject.done')}
    >
      <ReasonItem phrases={['life.reject.phrase.unclear', 'life.reject.phrase.strong']} />
    </ActDialog>
  )
}

function RollBackDialog(of: Omit<Dialog, 'id'> & { readonly version: PolicyVersion }): ReactNode {
  const { say } = useWords()
  const { id, number } = of.version
  return (
    <ActDialog<Reason, PolicyVersion>
      {...{ isOpen: of.isOpen, close: of.close }}
      title={say('life.rollBack.title', { number })}
      submit={say('life.rollBack')}
      send={(query, key) => send('POST', `/api/policies/${id}/publication`, { query, key })}
      done={(words) => words('life.rollBack.done', { number })}
    >
      <ReasonItem phrases={['life.rollBack.phrase.effect', 'life.rollBack.phrase.mistake']} />
    </ActDialog>
  )
}

function ReasonItem(of: Parameters<typeof ReasonInput>[0]): ReactNode {
  const { say } = useWords()
  return (
    <Form.Item
      name="reason"
      label={say('ui.reason')}
      rules={[{ required: true, whitespace: true, message: say('ui.required') }]}
    >
      <ReasonInput phrases={of.phrases} />
    </Form.Item>
  )
}

/** The way from a version to the page on which it is compared line by line. */
export function LinesLink(of: { readonly before: string; readonly after: string }): ReactNode {
  const { say } = useWords()
  return (
    <Link to={`/policies/compare?before=${of.before}&after=${of.after}`}>
      {say('life.changes.lines')}
    </Link>
  )
}
