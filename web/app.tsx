import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App as AntApp, ConfigProvider, theme } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { type ReactNode, useEffect } from 'react'
import { RouterProvider } from 'react-router'
import { makeRouter } from './routes.tsx'
import { ProblemError } from './ui/api.ts'
import { useIsDark, useIsStill } from './ui/appearance.ts'
import { ProblemNote } from './ui/problem.tsx'
import { darkComponents, darkTokens, lightTokens } from './ui/theme.ts'
import { useWords } from './ui/use-words.ts'
import { SignInPage } from './user/sign-in-page.tsx'
import { useMe } from './user/use-me.ts'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      networkMode: 'always',
      retry: (count, error) => {
        const isPassing = error instanceof ProblemError && [0, 503].includes(error.status)
        return isPassing && count < 3
      },
    },
    mutations: { networkMode: 'always' },
  },
})

const router = makeRouter()

export function App(): ReactNode {
  const isDark = useIsDark()
  const isStill = useIsStill()
  const { language } = useWords()
  useEffect(() => {
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
  }, [isDark])
  return (
    <ConfigProvider
      locale={language === 'en' ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
      theme={{
        cssVar: { key: 'ant' },
        algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: { ...(isDark ? darkTokens : lightTokens), motion: !isStill },
        components: isDark ? darkComponents : {},
      }}
    >
      <AntApp>
        <QueryClientProvider client={queries}>
          <Door />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  )
}

/** Who is not signed in finds the sign-in at every address, and is then where he wanted to be. */
function Door(): ReactNode {
  const me = useMe()
  if (me.isPending) return null
  if (me.data === undefined) {
    return (
      <main className="sign-in">
        <ProblemNote error={me.error} retry={() => me.refetch()} />
      </main>
    )
  }
  return me.data === null ? <SignInPage /> : <RouterProvider router={router} />
}
