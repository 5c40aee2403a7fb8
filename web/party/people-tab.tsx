import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { CreditFileShown } from '#contract/credit-file.ts'
import type { Contact, NewContact, PartyFile } from '#contract/party.ts'
import { ActButton } from '../ui/act-button.tsx'
import { get, send } from '../ui/api.ts'
import { Mark } from '../ui/mark.tsx'
import { Card, EmptyState, Loaded } from '../ui/page.tsx'
import { useAct } from '../ui/use-act.ts'
import { useUndo } from '../ui/use-undo.tsx'
import { useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'
import { BankAccounts } from './bank-accounts.tsx'
import { ContactDialog } from './contact-dialog.tsx'
import { Notes } from './notes.tsx'

/** Whom one talks to, where they pay from, and what colleagues noted. */
export function PeopleTab({ file }: { file: CreditFileShown }): ReactNode {
  const path = `/api/parties/${file.partyId}`
  const party = useQuery({ queryKey: [path], queryFn: () => get<PartyFile>(path) })
  return (
    <div className="columns">
      <div>
        <Notes partyId={file.partyId} />
      </div>
      <div>
        <Loaded query={party} rows={8}>
          {(loaded) => (
            <>
              <Contacts party={loaded} />
              <BankAccounts accounts={loaded.bankAccounts} />
            </>
          )}
        </Loaded>
      </div>
    </div>
  )
}

function Contacts({ party }: { party: PartyFile }): ReactNode {
  const { say } = useWords()
  const mayNot = useMayNot()
  const [edited, setEdited] = useState<Contact | 'new' | null>(null)
  const { contacts } = party
  return (
    <Card
      title={say('file.contacts')}
      extra={
        <ActButton size="small" reason={mayNot('party:write')} onClick={() => setEdited('new')}>
          {say('file.contact.add')}
        </ActButton>
      }
    >
      {contacts.length === 0 && (
        <EmptyState title={say('file.contacts.none')} text={say('file.contacts.none.text')} />
      )}
      <ul className="people">
        {contacts.map((contact) => (
          <ContactLine
            key={contact.id}
            partyId={party.id}
            contact={contact}
            edit={() => setEdited(contact)}
          />
        ))}
      </ul>
      <ContactDialog partyId={party.id} contact={edited} close={() => setEdited(null)} />
    </Card>
  )
}

function ContactLine(of: {
  readonly partyId: string
  readonly contact: Contact
  readonly edit: () => void
}): ReactNode {
  const { say } = useWords()
  const mayNot = useMayNot()
  const offerUndo = useUndo()
  const { contact } = of
  const path = `/api/parties/${of.partyId}/contacts`
  const isMasked = contact.phone?.startsWith('***') ?? false
  const reason = mayNot('party:write') ?? (isMasked ? say('file.contact.masked') : null)
  const { id, createdAt: _, ...again } = contact
  const remove = useAct<void, unknown>({
    send: (_nothing, key) => send('DELETE', `${path}/${id}`, { key }),
    onDone: () =>
      offerUndo(say('file.contact.removed', { name: contact.name }), (key) =>
        send('POST', path, { body: again satisfies NewContact, key }),
      ),
  })
  return (
    <li>
      <div className="person">
        <strong>{contact.name}</strong> <span className="quiet">{contact.title}</span>{' '}
        {contact.isForDunning && <Mark tone="plain">{say('file.contact.dunning')}</Mark>}
        <div className="figure">
          {contact.phone} {contact.email && <a href={`mailto:${contact.email}`}>{contact.email}</a>}
        </div>
      </div>
      <span className="act-row">
        <ActButton
          size="small"
          reason={reason}
          aria-label={`${say('ui.edit')} ${contact.name}`}
          onClick={of.edit}
        >
          {say('ui.edit')}
        </ActButton>
        <ActButton
          size="small"
          reason={reason}
          loading={remove.isPending}
          aria-label={`${say('ui.remove')} ${contact.name}`}
          onClick={() => remove.mutate()}
        >
          {say('ui.remove')}
        </ActButton>
      </span>
    </li>
  )
}
