import type { HoldFile } from '#contract/hold.ts'
import { amountText, signOf } from '../ui/amount-text.ts'
import { useWords } from '../ui/use-words.ts'
import { useMay } from '../user/use-me.ts'
import { useRoleName } from '../user/use-role-name.ts'

/** By what right one may release a hold, in words, and why not where one may not. */
export function useAuthority(file: Pick<HoldFile, 'authority' | 'state'>) {
  const { say } = useWords()
  const may = useMay()
  const roleName = useRoleName()
  const { authority, state } = file
  const ended =
    state === 'open' || state === 'asked'
      ? null
      : say('hold.ended', { state: say(`hold.state.${state}`) })
  const permission = (needed: 'hold:write' | 'hold:release') =>
    may(needed) ? ended : say('ui.noPermission', { permission: needed })
  if (authority === null) return { ended, permission, text: say('hold.authority.rules') }
  const able = authority.able.map(roleName).join('、')
  const role = roleName(authority.role)
  if (authority.frozen !== null) {
    const frozen = say('hold.authority.frozen', { name: authority.frozen })
    return { ended, permission, text: frozen, none: frozen }
  }
  if (authority.upTo === null) {
    return { ended, permission, text: say('hold.authority.any', { role }) }
  }
  if (signOf(authority.upTo) === 0) {
    const none = say(authority.isOwn ? 'hold.authority.own' : 'hold.authority.none', { role, able })
    return { ended, permission, text: none, none }
  }
  const amount = `${amountText(authority.upTo)} ${authority.currency}`
  return { ended, permission, text: say('hold.authority', { role, amount }) }
}
