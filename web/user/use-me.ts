import { useQuery } from '@tanstack/react-query'
import type { Permission } from '#contract/role.ts'
import type { Me } from '#contract/user.ts'
import { get, send } from '../ui/api.ts'
import { useWords } from '../ui/use-words.ts'

/** Who is signed in; null where nobody is. */
export function useMe() {
  return useQuery({
    queryKey: ['/api/me'],
    queryFn: async ({ client }): Promise<Me | null> => {
      // Whoever was signed in signs in over the page: what is typed there is not to be lost.
      if (client.getQueryData(['/api/me'])) return get<Me>('/api/me')
      try {
        return await send<Me>('GET', '/api/me', { isQuiet: true })
      } catch (error) {
        if ((error as { kind?: string }).kind === 'not-signed-in') return null
        throw error
      }
    },
    staleTime: 60_000,
    refetchInterval: ({ state }) => (state.status === 'error' ? 3_000 : false),
  })
}

/** Whether the person may do something now; false until it is known who it is. */
export function useMay(): (permission: Permission) => boolean {
  const { data: me } = useMe()
  const held: readonly string[] = me?.permissions ?? []
  const withheld: readonly string[] = me?.withheld ?? []
  return (permission) => held.includes(permission) && !withheld.includes(permission)
}

/** Why the person may not do something; null where they may. */
export function useMayNot(): (permission: Permission) => string | null {
  const { say } = useWords()
  const may = useMay()
  return (permission) => (may(permission) ? null : say('ui.noPermission', { permission }))
}
