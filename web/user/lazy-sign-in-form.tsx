import { type ComponentProps, lazy, type ReactNode, Suspense } from 'react'
import type { SignInForm } from './sign-in-form.tsx'

const Form = lazy(async () => ({ default: (await import('./sign-in-form.tsx')).SignInForm }))

/** The sign-in, fetched when it is asked for: who is signed in does not need it. */
export function LazySignInForm(of: ComponentProps<typeof SignInForm>): ReactNode {
  return (
    <Suspense fallback={null}>
      <Form {...of} />
    </Suspense>
  )
}
