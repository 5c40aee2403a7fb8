import { useQuery } from '@tanstack/react-query'
import { may, type Permission } from '#contract/role.ts'
import type { Me } from '#contract/user.ts'
import { send } from '../ui/api.ts'

/** Who is signed in; null where nobody is. */
export function useMe() {
  return useQuery({
    queryKey: ['/api/me'],
    queryFn: async (): Promise<Me | null> => {
      try {
        return await send<Me>('GET', '/api/me', { isQuiet: true })
      } catch (error) {
        if ((error as { kind?: string }).kind === 'not-signed-in') return null
        throw error
      }
    },
    staleTime: 60_000,
  })
}

/** Whether the person may do something; false until it is known who it is. */
export function useMay(): (permission: Permission) => boolean {
  const { data: me } = useMe()
  return (permission) => me != null && may(me.roles, permission)
}
