import { Select } from 'antd'
import type { ReactNode } from 'react'
import type { Me } from '#contract/user.ts'
import { send } from '../ui/api.ts'
import { themeChoice } from '../ui/appearance.ts'
import { Card, Descriptions } from '../ui/page.tsx'
import { useAct } from '../ui/use-act.ts'
import { changeLanguage, type Language, useWords } from '../ui/use-words.ts'
import { useRoleName } from './use-role-name.ts'

export function ProfileCard({ me }: { me: Me }): ReactNode {
  const { say } = useWords()
  const roleName = useRoleName()
  return (
    <Card title={say('account.profile')}>
      <Descriptions
        items={[
          [say('user.name'), me.name],
          [say('user.login'), me.person?.login],
          [say('user.roles'), me.roles.map(roleName).join(', ')],
          [say('user.department'), me.person?.department],
          [say('user.email'), me.person?.email],
        ]}
      />
      <p className="quiet note-below">{say('account.profile.note')}</p>
      <div className="choices">
        <OwnLanguage />
        <OwnTheme />
      </div>
    </Card>
  )
}

/** Of the pages here, and of what is mailed. */
function OwnLanguage(): ReactNode {
  const { language, say } = useWords()
  const choose = useAct<Language, unknown>({
    send: (chosen, key) => send('PUT', '/api/me', { body: { language: chosen }, key }),
    done: (words) => words('account.saved'),
    touches: ['/api/me'],
  })
  return (
    <div className="filter">
      <span aria-hidden>{say('shell.language')}</span>
      <Select<Language>
        aria-label={say('shell.language')}
        value={language}
        popupMatchSelectWidth={false}
        options={[
          { value: 'zh-CN', label: '中文' },
          { value: 'en', label: 'English' },
        ]}
        onChange={(chosen) => {
          changeLanguage(chosen)
          choose.mutate(chosen)
        }}
      />
    </div>
  )
}

function OwnTheme(): ReactNode {
  const { say } = useWords()
  const theme = themeChoice.use()
  return (
    <div className="filter">
      <span aria-hidden>{say('shell.theme')}</span>
      <Select
        aria-label={say('shell.theme')}
        value={theme}
        popupMatchSelectWidth={false}
        options={(['system', 'light', 'dark'] as const).map((value) => ({
          value,
          label: say(`shell.theme.${value}`),
        }))}
        onChange={themeChoice.choose}
      />
    </div>
  )
}
