import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import type { CreditFileShown, ExposureAccount } from '#contract/credit-file.ts'
import { grossStages, type Stage, stageLabels, stages } from '#kernel/exposure/stage.ts'
import { amountText, signOf } from '../ui/amount-text.ts'
import { unitChoice } from '../ui/appearance.ts'
import { Explained } from '../ui/explained.tsx'
import { Mark } from '../ui/mark.tsx'
import { Money } from '../ui/money.tsx'
import { Card, EmptyState } from '../ui/page.tsx'
import { useSource } from '../ui/use-source.ts'
import { useWords } from '../ui/use-words.ts'
import { ExposureDrill, type StageDrill } from './exposure-drill.tsx'
import { isBeforeLedger } from './use-credit-file.ts'

type Balance = ExposureAccount['balances'][number]

/** What is at risk by how far the business is, at the customer's accounts and those above. */
export function ExposureCard({ file }: { file: CreditFileShown }): ReactNode {
  const { say } = useWords()
  const source = useSource()
  const [drill, setDrill] = useState<StageDrill | null>(null)
  const { accounts, ledgerSinceOn, provenance } = file.exposure
  return (
    <Card title={<Explained by={source(provenance)}>{say('file.stages')}</Explained>}>
      {accounts.length === 0 && <EmptyState title={say('file.stages.noAccount')} />}
      {isBeforeLedger(file) ? (
        <EmptyState title={say('file.stages.unknown', { day: ledgerSinceOn ?? '' })} />
      ) : (
        accounts.map((account) => (
          <AccountStages key={account.id} account={account} drill={setDrill} />
        ))
      )}
      <ExposureDrill drill={drill} asOf={file.asOf} close={() => setDrill(null)} />
    </Card>
  )
}

function AccountStages(of: {
  readonly account: ExposureAccount
  readonly drill: (drill: StageDrill) => void
}): ReactNode {
  const { say } = useWords()
  const { account } = of
  const { currency, exposure, isOwn, level, limit, name, partyId, segment } = account
  const unit = unitChoice.use()
  const used =
    exposure === null ? say('file.stages.rateMissing') : `${amountText(exposure, unit)} ${currency}`
  return (
    <section className="account-stages">
      <div className="account-line">
        <span>
          <Mark tone="plain">
            {say(`file.level.${!isOwn && level === 'party' ? 'above' : level}`)}
          </Mark>{' '}
          {isOwn ? segment : <Link to={`/customers/${partyId}`}>{name}</Link>}
        </span>
        <span className="figure">
          {limit === null
            ? say('file.stages.noLimit', { used })
            : say('file.stages.of', { used, limit: amountText(limit, unit) })}
        </span>
      </div>
      {account.balances.length === 0 && <p className="quiet">{say('file.stages.none')}</p>}
      {account.balances.map((balance) => (
        <StageBar
          key={balance.currency}
          balance={balance}
          open={(stage) => of.drill({ account, stage, currency: balance.currency })}
        />
      ))}
    </section>
  )
}

/** One bar of what is owed and ordered; each part opens to the documents that it is made of. */
function StageBar(of: {
  readonly balance: Balance
  readonly open: (stage: Stage) => void
}): ReactNode {
  const { pick } = useWords()
  const { currency, stages: amounts } = of.balance
  const gross = grossStages.filter((stage) => signOf(amounts[stage] ?? '0') > 0)
  const shown = stages.filter((stage) => signOf(amounts[stage] ?? '0') !== 0)
  return (
    <>
      <div className="stage-bar" aria-hidden>
        {gross.map((stage) => (
          <button
            key={stage}
            type="button"
            tabIndex={-1}
            className={`share-${stage}`}
            // A number only draws it.
            style={{ flexGrow: Number(amounts[stage]) }}
            title={`${pick(stageLabels[stage])} ${amountText(amounts[stage] ?? '0')} ${currency}`}
            onClick={() => of.open(stage)}
          />
        ))}
      </div>
      <ul className="stage-list">
        {shown.map((stage) => (
          <li key={stage}>
            <button type="button" onClick={() => of.open(stage)}>
              <span className={`swatch share-${stage}`} aria-hidden />
              <span>{pick(stageLabels[stage])}</span>
              <Money amount={amounts[stage] ?? '0'} currency={currency} />
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
