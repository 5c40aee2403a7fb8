import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { RecoveryCodes } from '#contract/sign-in.ts'
import type { Me } from '#contract/user.ts'
import { ActButton } from '../ui/act-button.tsx'
import { ActDialog } from '../ui/act-dialog.tsx'
import { send } from '../ui/api.ts'
import { Mark } from '../ui/mark.tsx'
import { MomentText } from '../ui/money.tsx'
import { Card, Descriptions } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import { CodeItem, codeOf } from './code-item.tsx'
import { RecoveryCodesDialog } from './recovery-codes.tsx'
import { SecondFactorSetup } from './second-factor-setup.tsx'

type Of = { readonly me: Me; readonly factor: NonNullable<Me['secondFactor']> }

export function SecondFactorCard({ factor, me }: Of): ReactNode {
  const { say } = useWords()
  const [open, setOpen] = useState<'set-up' | 'renew' | 'remove' | null>(null)
  const [codes, setCodes] = useState<readonly string[]>([])
  const close = () => setOpen(null)
  const told = ({ recoveryCodes }: RecoveryCodes) => {
    setCodes(recoveryCodes)
    close()
  }
  return (
    <Card title={<span id="second-factor">{say('factor.title')}</span>}>
      <p className="quiet card-note">{say('factor.about')}</p>
      {factor.enrolledAt === null ? (
        <Button type="primary" onClick={() => setOpen('set-up')}>
          {say('factor.setUp')}
        </Button>
      ) : (
        <>
          <Descriptions
            items={[
              [
                say('factor.state'),
                <Mark key="on" tone="good">
                  {say('factor.on')}
                </Mark>,
              ],
              [say('factor.since'), <MomentText key="at" moment={factor.enrolledAt} />],
              [say('factor.codesLeft'), String(factor.recoveryCodesLeft)],
            ]}
          />
          <div className="choices">
            <Button onClick={() => setOpen('renew')}>{say('factor.renew')}</Button>
            <ActButton
              danger
              reason={factor.demanded && say('factor.remove.demanded')}
              onClick={() => setOpen('remove')}
            >
              {say('factor.remove')}
            </ActButton>
          </div>
        </>
      )}
      <SecondFactorSetup
        isOpen={open === 'set-up'}
        close={close}
        done={told}
        isByPassword={me.session?.method !== 'oidc'}
      />
      <ByCode
        isOpen={open === 'renew'}
        {...{ close, path: '/api/me/second-factor/recovery-codes', onDone: told }}
        title={say('factor.renew')}
        note={say('factor.renew.note')}
      />
      <ByCode
        isOpen={open === 'remove'}
        {...{ close, path: '/api/me/second-factor/removal', isDanger: true }}
        title={say('factor.remove')}
        note={say('factor.remove.note')}
      />
      <RecoveryCodesDialog codes={codes} close={() => setCodes([])} />
    </Card>
  )
}

/** What needs a code of the app, or a recovery code. */
function ByCode(of: {
  readonly isOpen: boolean
  readonly close: () => void
  readonly path: string
  readonly title: string
  readonly note: string
  readonly isDanger?: boolean
  readonly onDone?: (reply: RecoveryCodes) => void
}): ReactNode {
  return (
    <ActDialog<{ code: string }, RecoveryCodes>
      {...{ isOpen: of.isOpen, close: of.close, title: of.title, submit: of.title, width: 420 }}
      {...(of.isDanger && { isDanger: true })}
      {...(of.onDone && { onDone: of.onDone })}
      send={(fields, key) => send('POST', of.path, { body: codeOf(fields), key })}
      done={(words) => words('ui.done')}
    >
      <p className="card-note">{of.note}</p>
      <CodeItem />
    </ActDialog>
  )
}
