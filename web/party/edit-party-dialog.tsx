import dayjs, { type Dayjs } from 'dayjs'
import type { ReactNode } from 'react'
import type { CreditFileShown } from '#contract/credit-file.ts'
import type { Party, PartyChange } from '#contract/party.ts'
import { termsText } from '#kernel/calendar/terms-text.ts'
import { ActDialog } from '../ui/act-dialog.tsx'
import { send } from '../ui/api.ts'
import { useUndo } from '../ui/use-undo.tsx'
import { type Language, useWords } from '../ui/use-words.ts'
import { PartyFields } from './party-fields.tsx'

type Typed = Readonly<Record<string, unknown>>

/** Changes the fields of a party; only what was changed is sent, and it can be taken back. */
export function EditPartyDialog(of: {
  readonly file: CreditFileShown
  readonly isOpen: boolean
  readonly close: () => void
}): ReactNode {
  const { language, say } = useWords()
  const offerUndo = useUndo()
  const path = `/api/parties/${of.file.partyId}`
  const before = of.file.identity
  const initial = typedOf(before, language)
  const change = async (typed: Typed, key: string) => {
    const changes = changesOf(before, initial, typed)
    if (Object.keys(changes).length === 0) return null
    await send<Party>('PUT', path, { body: changes, key })
    return undoOf(before, changes)
  }
  return (
    <ActDialog<Typed, PartyChange | null>
      {...{ isOpen: of.isOpen, close: of.close, width: 760, send: change, initial }}
      title={say('file.edit.title')}
      submit={say('ui.save')}
      onDone={(undo) => {
        if (!undo) return
        offerUndo(say('file.edit.done'), (key) => send('PUT', path, { body: undo, key }))
      }}
    >
      <PartyFields partyId={before.id} />
    </ActDialog>
  )
}

const texts = [
  'name',
  'code',
  'shortName',
  'industry',
  'region',
  'country',
  'department',
  'salesperson',
  'currency',
  'note',
] as const
const days = ['sinceOn', 'foundedOn', 'closedOn'] as const
const links = ['groupParentId', 'payerId'] as const

function typedOf(party: Party, language: Language): Typed {
  return {
    ...Object.fromEntries(texts.map((name) => [name, party[name] ?? ''])),
    ...Object.fromEntries(days.map((name) => [name, party[name] ? dayjs(party[name]) : null])),
    ...Object.fromEntries(links.map((name) => [name, party[name] ?? undefined])),
    roles: [...party.roles],
    terms: termsText(party.terms ?? '', language === 'en' ? 'en' : 'zh'),
  }
}

/** What was typed anew, emptied fields as null. */
function changesOf(before: Party, initial: Typed, typed: Typed): PartyChange {
  const changes: Record<string, unknown> = {}
  for (const name of [...texts, 'terms'] as const) {
    const text = String(typed[name] ?? '').trim()
    if (text !== String(initial[name] ?? '')) changes[name] = text === '' ? null : text
  }
  for (const name of days) {
    const day = (typed[name] as Dayjs | null)?.format('YYYY-MM-DD') ?? null
    if (day !== before[name]) changes[name] = day
  }
  for (const name of links) {
    const id = (typed[name] as string | undefined) ?? null
    if (id !== before[name]) changes[name] = id
  }
  const roles = (typed.roles as string[] | undefined) ?? []
  if (roles.toSorted().join() !== before.roles.toSorted().join()) changes.roles = roles
  return changes as PartyChange
}

function undoOf(before: Party, changes: PartyChange): PartyChange {
  const names = Object.keys(changes) as (keyof PartyChange & keyof Party)[]
  return Object.fromEntries(names.map((name) => [name, before[name]])) as PartyChange
}
