import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { LanguageChoice } from '../shell/language-choice.tsx'
import { useWords } from '../ui/use-words.ts'
import { SignInForm } from './sign-in-form.tsx'

export function SignInPage(): ReactNode {
  const { say } = useWords()
  const queries = useQueryClient()
  useEffect(() => {
    document.title = `${say('user.signIn')} · 信衡`
  })
  return (
    <main className="sign-in">
      <div className="card">
        <img src="/mark.svg" alt="" width={44} height={44} />
        <h1>
          {say('shell.product')} <small>{say('user.signIn.welcome')}</small>
        </h1>
        <SignInForm done={() => queries.resetQueries()} />
        <LanguageChoice />
      </div>
    </main>
  )
}
