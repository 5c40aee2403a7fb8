import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { type ReactNode, useEffect } from 'react'
import type { SignInOptions } from '#contract/sign-in.ts'
import { LanguageChoice } from '../shell/language-choice.tsx'
import { get, pathWith } from '../ui/api.ts'
import { useWords } from '../ui/use-words.ts'
import { type WordKey, words } from '../words.ts'
import { LazySignInForm } from './lazy-sign-in-form.tsx'

export function SignInPage(): ReactNode {
  const { say } = useWords()
  const queries = useQueryClient()
  const options = useQuery({
    queryKey: ['/api/session/options'],
    queryFn: () => get<SignInOptions>('/api/session/options'),
  })
  useEffect(() => {
    document.title = `${say('user.signIn')} · 信衡`
  })
  const { pathname, search } = window.location
  const error = pathname === '/sign-in' ? new URLSearchParams(search).get('error') : null
  const wanted = pathname === '/sign-in' ? '/' : `${pathname}${search}`
  return (
    <main className="sign-in">
      <div className="card">
        <img src="/mark.svg" alt="" width={44} height={44} />
        <h1>
          {say('shell.product')} <small>{say('user.signIn.welcome')}</small>
        </h1>
        {error && <OidcProblem code={error} />}
        <LazySignInForm done={() => queries.resetQueries()} />
        {options.data?.oidc && (
          <Button block href={pathWith('/api/session/oidc', { return: wanted })}>
            {say('user.signInBy', { label: options.data.oidc.label })}
          </Button>
        )}
        <LanguageChoice />
      </div>
    </main>
  )
}

function OidcProblem({ code }: { code: string }): ReactNode {
  const { say } = useWords()
  const key = `user.${code.replace(/^oidc-/, 'oidc.')}`
  const isKnown = key in words
  return (
    <Alert
      role="alert"
      type="error"
      showIcon
      title={say('user.oidc.failed')}
      description={isKnown ? say(key as WordKey) : code}
    />
  )
}
