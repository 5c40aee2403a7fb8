import { Dropdown, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import type { CreditFileShown } from '#contract/credit-file.ts'
import type { RatingRun } from '#contract/scoring.ts'
import { ShipCheck } from '../check/ship-check.tsx'
import { ActButton } from '../ui/act-button.tsx'
import { pathWith, send } from '../ui/api.ts'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'
import { EditPartyDialog } from './edit-party-dialog.tsx'
import { StatusDialog } from './status-dialog.tsx'
import { ownAccount } from './use-credit-file.ts'

type Dialog = 'ship' | 'status' | 'edit'

/** What one may do with a credit file; what one may not is there too, with the reason. */
export function FileActs({ file }: { file: CreditFileShown }): ReactNode {
  const { say } = useWords()
  const mayNot = useMayNot()
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const account = ownAccount(file)
  const past = file.asOf === file.today ? null : say('file.asOf.acts')
  const freeze = mayNot('exposure:freeze') ?? past ?? (account ? null : say('file.noAccount'))
  const isFrozen = account?.status === 'frozen'
  const rate = useRate(file.partyId)
  const close = () => setDialog(null)
  return (
    <>
      <ActButton type="primary" reason={mayNot('check:run')} onClick={() => setDialog('ship')}>
        {say('check.box')}
      </ActButton>
      <ReportButton file={file} />
      <ActButton danger={!isFrozen} reason={freeze} onClick={() => setDialog('status')}>
        {say(isFrozen ? 'file.act.unfreeze' : 'file.act.freeze')}
      </ActButton>
      <ActButton
        reason={mayNot('scoring:run') ?? past}
        loading={rate.isPending}
        onClick={() => rate.mutate()}
      >
        {say('file.act.rate')}
      </ActButton>
      <ActButton reason={mayNot('party:write') ?? past} onClick={() => setDialog('edit')}>
        {say('ui.edit')}
      </ActButton>
      <Modal
        open={dialog === 'ship'}
        onCancel={close}
        title={say('check.box')}
        footer={null}
        width={680}
        destroyOnHidden
      >
        <ShipCheck party={file.partyId} />
      </Modal>
      {account && <StatusDialog account={account} isOpen={dialog === 'status'} close={close} />}
      <EditPartyDialog file={file} isOpen={dialog === 'edit'} close={close} />
    </>
  )
}

function ReportButton({ file }: { file: CreditFileShown }): ReactNode {
  const { say } = useWords()
  const mayNot = useMayNot()
  const reason = mayNot('file:read')
  if (reason) return <ActButton reason={reason}>{say('file.act.report')}</ActButton>
  const items = (['zh', 'en'] as const).map((lang) => ({
    key: lang,
    label: (
      <a
        href={pathWith(`/api/parties/${file.partyId}/credit-report.pdf`, {
          'as-of': file.asOf,
          lang,
        })}
        target="_blank"
        rel="noopener"
        download
      >
        {say(`file.act.report.${lang}`)}
      </a>
    ),
  }))
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <ActButton className="more">{say('file.act.report')}</ActButton>
    </Dropdown>
  )
}

function useRate(partyId: string) {
  return useAct<void, RatingRun>({
    send: (_nothing, key) => send('POST', `/api/parties/${partyId}/ratings`, { key }),
    done: (say, { grades, notRated }) => {
      const [reason] = notRated
      if (reason) return say('file.notRated', { reason: reason.reason })
      return say('file.rated', { grade: Object.keys(grades).join('') })
    },
  })
}
