import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Link, useParams } from 'react-router'
import type { HoldFile } from '#contract/hold.ts'
import { ActButton } from '../ui/act-button.tsx'
import { get } from '../ui/api.ts'
import { Mark } from '../ui/mark.tsx'
import { MomentText, Money, momentText } from '../ui/money.tsx'
import { Card, Descriptions, Loaded, Page } from '../ui/page.tsx'
import { Reasons, Remedies } from '../ui/reasons.tsx'
import { useKeys } from '../ui/use-keys.ts'
import { useWords } from '../ui/use-words.ts'
import { useMay } from '../user/use-me.ts'
import { useRoleName } from '../user/use-role-name.ts'
import { CustomerGlance } from './customer-glance.tsx'
import { AssignDialog, RecallDialog, RejectDialog, TalkDialog } from './hold-dialogs.tsx'
import { HoldHistory } from './hold-history.tsx'
import { KeepCheckExample } from './keep-check-example.tsx'
import { Levels } from './levels.tsx'
import { ReleaseDialog } from './release-dialog.tsx'
import { StageChange } from './stage-change.tsx'
import { useAuthority } from './use-authority.ts'

/** Why a document is held, what would let it pass, and the acts of those who decide. */
export function HoldPage(): ReactNode {
  const { say } = useWords()
  const { id, partyId } = useParams()
  const path = `/api/holds/${partyId}/${id}`
  const hold = useQuery({ queryKey: [path], queryFn: () => get<HoldFile>(path) })
  const { data: file } = hold
  const title = file ? say('hold.one', { number: file.number }) : say('shell.holds')
  return (
    <Page
      title={title}
      back={{ to: '/holds', name: say('shell.holds') }}
      note={file && <Head file={file} />}
      actions={file && <Acts file={file} />}
    >
      <Loaded query={hold} rows={14}>
        {(loaded) => <Body file={loaded} />}
      </Loaded>
    </Page>
  )
}

const tones = {
  open: 'warn',
  asked: 'warn',
  released: 'good',
  rejected: 'bad',
  withdrawn: 'plain',
  superseded: 'plain',
} as const

function Head({ file }: { file: HoldFile }): ReactNode {
  const { say } = useWords()
  return (
    <span className="head-facts">
      <Mark tone={tones[file.state]}>{say(`hold.state.${file.state}`)}</Mark>
      <Link to={`/customers/${file.partyId}`}>{file.party.name}</Link>
      <Money amount={file.documentAmount} currency={file.currency} />
      {file.documentKind === 'order' && (
        <Link to={`/orders/${file.documentId}`}>{say('hold.openOrder')}</Link>
      )}
    </span>
  )
}

function Body({ file }: { file: HoldFile }): ReactNode {
  const { say } = useWords()
  const { check } = file
  const decision = file.decisions.find(({ id }) => id === file.decisionId)
  const checkedAt = decision && (
    <span className="quiet">
      {say('hold.checkedAt', { moment: momentText(decision.recordedAt) })}
    </span>
  )
  return (
    <div className="columns">
      <div>
        <Card
          title={say('hold.reasons')}
          extra={
            <KeepCheckExample partyId={file.partyId} checkId={file.decisionId} name={file.number} />
          }
        >
          <Reasons fired={check.fired} />
          <h3>{say(check.remedies.length > 0 ? 'hold.remedies' : 'hold.remedies.none')}</h3>
          <Remedies remedies={check.remedies} />
        </Card>
        {file.question && (
          <Card title={say('hold.talk')}>
            <blockquote className="said">
              {file.question} <span className="quiet">{file.askedBy}</span>
            </blockquote>
            {file.answer ? (
              <p>
                {file.answer} <span className="quiet">{file.answeredBy}</span>
              </p>
            ) : (
              <p className="quiet">{say('hold.noAnswer')}</p>
            )}
          </Card>
        )}
        <Card title={say('hold.exposure')} extra={checkedAt}>
          <Levels answer={check} source={file.source} />
          <h3>{say('hold.byStage')}</h3>
          <StageChange exposure={check.exposure} />
        </Card>
      </div>
      <div>
        <CustomerGlance party={file.party} />
        <Facts file={file} />
        <Card title={say('hold.history')}>
          <HoldHistory file={file} />
        </Card>
      </div>
    </div>
  )
}

function Facts({ file }: { file: HoldFile }): ReactNode {
  const { say } = useWords()
  const roleName = useRoleName()
  const { amount, currency } = file
  return (
    <Card title={say('hold.card')}>
      <Descriptions
        items={[
          [say('hold.number'), file.number],
          [
            say('hold.document'),
            <Money key="all" amount={file.documentAmount} currency={currency} />,
          ],
          [say('hold.waiting'), <Money key="waits" {...{ amount, currency }} />],
          [say('hold.checkpoint'), say(`hold.checkpoint.${file.checkpoint}`)],
          [say('hold.owner'), roleName(file.owner)],
          [say('hold.salesperson'), file.salesperson ?? file.requestedBy],
          [say('hold.priority'), file.priority],
          [say('hold.openedAt'), <MomentText key="opened" moment={file.openedAt} />],
        ]}
      />
    </Card>
  )
}

type Dialog = 'release' | 'recall' | 'reject' | 'ask' | 'answer' | 'assign'

function Acts({ file }: { file: HoldFile }): ReactNode {
  const { say } = useWords()
  const { none, permission, text } = useAuthority(file)
  const may = useMay()
  const recall = may('hold:release') ? null : say('ui.noPermission', { permission: 'hold:release' })
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const open = (which: Dialog, reason: string | null) =>
    reason ? undefined : () => setDialog(which)
  const release = permission('hold:release') ?? none ?? null
  const write = permission('hold:write')
  const answer =
    permission('hold:release') ?? (file.state === 'asked' ? null : say('hold.nothingAsked'))
  useKeys({ r: open('release', release), d: open('reject', write), a: open('ask', write) })
  const isLetPass = file.releases.some(
    ({ cause, endedOn, holdId }) => holdId === file.id && cause === 'person' && endedOn === null,
  )
  const dialogOf = (which: Dialog) => ({ isOpen: dialog === which, close: () => setDialog(null) })
  return (
    <div className="act-bar">
      <ActButton reason={write} onClick={open('assign', write)}>
        {say('hold.assign')}
      </ActButton>
      {file.state === 'asked' ? (
        <ActButton reason={answer} onClick={open('answer', answer)}>
          {say('hold.answer')}
        </ActButton>
      ) : (
        <ActButton reason={write} onClick={open('ask', write)}>
          {say('hold.ask')} <kbd>a</kbd>
        </ActButton>
      )}
      <ActButton danger reason={write} onClick={open('reject', write)}>
        {say('hold.reject')} <kbd>d</kbd>
      </ActButton>
      {isLetPass && (
        <ActButton danger reason={recall} onClick={open('recall', recall)}>
          {say('hold.recall')}
        </ActButton>
      )}
      <ActButton type="primary" reason={release} onClick={open('release', release)} title={text}>
        {say('hold.release')} <kbd>r</kbd>
      </ActButton>
      <ReleaseDialog file={file} {...dialogOf('release')} />
      <RecallDialog hold={file} {...dialogOf('recall')} />
      <RejectDialog holds={[file]} {...dialogOf('reject')} />
      <TalkDialog hold={file} kind="ask" {...dialogOf('ask')} />
      <TalkDialog hold={file} kind="answer" {...dialogOf('answer')} />
      <AssignDialog hold={file} {...dialogOf('assign')} />
    </div>
  )
}
