import type { ReactNode } from 'react'
import type { Me } from '#contract/user.ts'
import { Page } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import { NoticeChoices } from './notice-choices.tsx'
import { OwnSessions } from './own-sessions.tsx'
import { PasswordCard } from './password-card.tsx'
import { ProfileCard } from './profile-card.tsx'
import { SecondFactorCard } from './second-factor-card.tsx'
import { useMe } from './use-me.ts'

/** What a person settles alone: language, password, second factor, sessions, notices. */
export function AccountPage(): ReactNode {
  const { say } = useWords()
  const { data: me } = useMe()
  return <Page title={say('shell.account')}>{me && <Cards me={me} />}</Page>
}

function Cards({ me }: { me: Me }): ReactNode {
  const isByPassword = me.session?.method !== 'oidc'
  return (
    <>
      <div className="card-grid">
        <ProfileCard me={me} />
        {me.person && isByPassword && <PasswordCard login={me.person.login} />}
      </div>
      {me.secondFactor && <SecondFactorCard me={me} factor={me.secondFactor} />}
      <OwnSessions />
      <NoticeChoices />
    </>
  )
}
