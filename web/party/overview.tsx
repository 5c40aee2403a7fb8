import type { ReactNode } from 'react'
import type { CreditFileShown } from '#contract/credit-file.ts'
import { AgeingCard } from './ageing-card.tsx'
import { ExposureCard } from './exposure-card.tsx'
import { IdentityCard } from './identity-card.tsx'
import { LimitCard } from './limit-card.tsx'
import { PaymentCard } from './payment-card.tsx'
import { RatingCard } from './rating-card.tsx'

/** What they may owe and why, what they owe and how they pay; beside it who they are. */
export function Overview({ file }: { file: CreditFileShown }): ReactNode {
  return (
    <div className="columns">
      <div>
        <ExposureCard file={file} />
        <LimitCard file={file} />
        <AgeingCard file={file} />
        <PaymentCard payment={file.payment} />
      </div>
      <div>
        <IdentityCard identity={file.identity} />
        <RatingCard rating={file.rating} history={file.ratingHistory} />
      </div>
    </div>
  )
}
