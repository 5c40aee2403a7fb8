import { useQueryClient } from '@tanstack/react-query'
import { Button, Dropdown } from 'antd'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { NavLink, Outlet, useLocation, useNavigate } from 'react-router'
import type { Me } from '#contract/user.ts'
import { ShipCheckBox } from '../check/ship-check-box.tsx'
import { Bell } from '../notice/bell.tsx'
import { send } from '../ui/api.ts'
import { menuChoice, themeChoice } from '../ui/appearance.ts'
import { useLiveChanges } from '../ui/live.ts'
import { useWords } from '../ui/use-words.ts'
import { useMay } from '../user/use-me.ts'
import { LanguageChoice, useOtherLanguage } from './language-choice.tsx'
import { menu } from './menu.ts'
import { SessionEnd } from './session-end.tsx'

const AccountBands = lazy(async () => ({
  default: (await import('../user/account-bands.tsx')).AccountBands,
}))

/** What stands around every page: the menu, the box for any customer, who one is. */
export function Shell({ me }: { me: Me }): ReactNode {
  const { say } = useWords()
  const width = menuChoice.use()
  const [isMenuOpen, setMenuOpen] = useState(false)
  const { pathname } = useLocation()
  const isConnected = useLiveChanges()
  const may = useMay()
  const pages = menu.flatMap(({ entries }) => entries).filter(({ needs }) => may(needs))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu of a phone closes with its choice
  useEffect(() => setMenuOpen(false), [pathname])
  return (
    <div className={`shell menu-${width} ${isMenuOpen ? 'menu-open' : ''}`}>
      <a className="skip" href="#content">
        {say('ui.skip')}
      </a>
      <header className="top-bar">
        <Button
          type="text"
          className="menu-button"
          aria-label={say('shell.collapse')}
          aria-expanded={isMenuOpen || width === 'wide'}
          onClick={() => {
            if (window.innerWidth < 800) setMenuOpen(!isMenuOpen)
            else menuChoice.choose(width === 'wide' ? 'narrow' : 'wide')
          }}
        >
          <svg aria-hidden="true" width="18" height="18" viewBox="0 0 18 18">
            <path d="M2 4.5h14M2 9h14M2 13.5h14" stroke="currentColor" strokeWidth="1.6" />
          </svg>
        </Button>
        <NavLink to="/today" className="brand" aria-label={say('shell.product')}>
          <img src="/mark.svg" alt="" width={26} height={26} />
          <strong>{say('shell.product')}</strong>
        </NavLink>
        <ShipCheckBox pages={pages} />
        <div className="top-bar-right">
          <Bell />
          <LanguageChoice />
          <AccountMenu me={me} />
        </div>
      </header>
      <MainMenu />
      <main id="content" tabIndex={-1}>
        {!isConnected && (
          <p className="offline-bar" role="status">
            {say('shell.offline')}
          </p>
        )}
        {(me.passwordIsInitial || me.secondFactor?.missing) && (
          <Suspense fallback={null}>
            <AccountBands me={me} />
          </Suspense>
        )}
        <Suspense fallback={null}>
          <Outlet />
        </Suspense>
      </main>
      <SessionEnd login={me.person?.login ?? me.name} />
    </div>
  )
}

function MainMenu(): ReactNode {
  const { say } = useWords()
  const may = useMay()
  return (
    <nav className="main-menu" aria-label={say('shell.navigation')}>
      {menu.map(({ entries, name }) => {
        const open = entries.filter(({ needs }) => may(needs))
        return (
          open.length > 0 && (
            <section key={name}>
              {name && <h2>{say(name)}</h2>}
              <ul>
                {open.map((entry) => (
                  <li key={entry.to}>
                    <NavLink to={entry.to}>{say(entry.name)}</NavLink>
                  </li>
                ))}
              </ul>
            </section>
          )
        )
      })}
    </nav>
  )
}

function AccountMenu({ me }: { me: Me }): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const theme = themeChoice.use()
  const language = useOtherLanguage()
  const themes = (['system', 'light', 'dark'] as const).map((choice) => ({
    key: choice,
    label: say(`shell.theme.${choice}`),
    onClick: () => themeChoice.choose(choice),
  }))
  const signOut = async () => {
    await send('DELETE', '/api/session', { isQuiet: true })
    queries.clear()
    window.location.assign('/')
  }
  const items = [
    { key: 'account', label: say('shell.account'), onClick: () => navigate('/account') },
    {
      key: 'language',
      label: <span lang={language.other}>{language.name}</span>,
      onClick: language.change,
    },
    { key: 'theme', type: 'group' as const, label: say('shell.theme'), children: themes },
    {
      key: 'api',
      label: <a href="/api/reference">{say('shell.api')}</a>,
    },
    { key: 'out', label: say('shell.signOut'), onClick: signOut },
  ]
  return (
    <Dropdown trigger={['click']} menu={{ items, selectedKeys: [theme] }}>
      <Button type="text" className="account-menu">
        <span className="account-name">{me.name}</span>
      </Button>
    </Dropdown>
  )
}
