import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { CreditFileShown } from '#contract/credit-file.ts'
import type { PartyHead } from '#contract/party.ts'
import { Explained } from '../ui/explained.tsx'
import { Mark } from '../ui/mark.tsx'
import { DayText } from '../ui/money.tsx'
import { Card, Descriptions } from '../ui/page.tsx'
import { TermsText } from '../ui/terms-text.tsx'
import { useSource } from '../ui/use-source.ts'
import { useWords } from '../ui/use-words.ts'

type Identity = CreditFileShown['identity']

/** Who a customer is, by what codes and names, and whose group it belongs to. */
export function IdentityCard({ identity }: { identity: Identity }): ReactNode {
  const { say } = useWords()
  const source = useSource()
  const { groupParent, members, payer } = identity
  return (
    <Card title={<Explained by={source(identity.provenance)}>{say('file.identity')}</Explained>}>
      <Descriptions
        items={[
          [say('file.shortName'), identity.shortName],
          [say('file.industry'), identity.industry],
          [say('file.region'), [identity.country, identity.region].filter(Boolean).join(' ')],
          [say('file.department'), identity.department],
          [say('file.salesperson'), identity.salesperson],
          [say('file.currency'), identity.currency],
          [say('file.terms'), <TermsText key="terms" terms={identity.terms} />],
          [say('file.sinceOn'), <DayText key="since" day={identity.sinceOn} />],
          [say('file.foundedOn'), <DayText key="founded" day={identity.foundedOn} />],
          ...codesOf(identity, say),
          identity.otherNames.length > 0
            ? [say('file.otherNames'), <OtherNames key="names" names={identity.otherNames} />]
            : null,
          groupParent ? [say('file.groupParent'), <Parties key="up" of={[groupParent]} />] : null,
          payer ? [say('file.payer'), <Parties key="payer" of={[payer]} />] : null,
          members.length > 0 ? [say('file.members'), <Parties key="below" of={members} />] : null,
          identity.note ? [say('file.note'), identity.note] : null,
        ]}
      />
    </Card>
  )
}

function codesOf({ identifiers }: Identity, say: ReturnType<typeof useWords>['say']) {
  return identifiers.map(({ id, isValid, scheme, value }): readonly [string, ReactNode] => [
    say(`file.scheme.${scheme}`),
    <span key={id} className="figure">
      {value} {!isValid && <Mark tone="warn">{say('file.invalid')}</Mark>}
    </span>,
  ])
}

function OtherNames({ names }: { names: Identity['otherNames'] }): ReactNode {
  const { say } = useWords()
  return names.map(({ id, kind, name, untilOn }) => (
    <div key={id}>
      {name} <span className="quiet">{say(`file.name.${kind}`)}</span>{' '}
      {untilOn && <DayText day={untilOn} />}
    </div>
  ))
}

function Parties({ of }: { of: readonly PartyHead[] }): ReactNode {
  return of.map(({ code, id, name }) => (
    <div key={id}>
      <Link to={`/customers/${id}`}>{name}</Link> <span className="quiet">{code}</span>
    </div>
  ))
}
