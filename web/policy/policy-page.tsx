import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import type { PolicyWithDocument } from '#contract/policy.ts'
import { checkRulesReader } from '#kernel/check/check-rules.ts'
import { readDocument } from '#kernel/document/read-document.ts'
import { indicatorFormulasReader } from '#kernel/indicator/indicator-formulas.ts'
import { limitPolicyReader } from '#kernel/limit/limit-policy.ts'
import { ratingScaleReader } from '#kernel/scoring/rating-scale.ts'
import { scorecardReader } from '#kernel/scoring/scorecard.ts'
import { EffectCard } from '../lab/effect-card.tsx'
import { ImpactCard } from '../lab/impact-card.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { MomentText } from '../ui/money.tsx'
import { Card, Descriptions, Loaded, Page } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import { ChangesCard } from './changes-card.tsx'
import { ExamplesCard } from './examples-card.tsx'
import { IndicatorFormulasView } from './indicator-formulas-view.tsx'
import { LifeCard } from './life-card.tsx'
import { LimitPolicyView } from './limit-policy-view.tsx'
import { PolicyState } from './policy-state.tsx'
import { policyText } from './policy-text.ts'
import { RatingScaleView } from './rating-scale-view.tsx'
import { RulesView } from './rules-view.tsx'
import { ScorecardView } from './scorecard-view.tsx'
import { usePolicy } from './use-policy.ts'

/** One version as a page to read, beside the text that it was written as. */
export function PolicyPage(): ReactNode {
  const { say } = useWords()
  const { id = '' } = useParams()
  const policy = usePolicy(id)
  const { data } = policy
  const name = data
    ? `${say(`policy.kind.${data.kind}`)} · ${say('policy.number', { number: data.number })}`
    : say('shell.policies')
  return (
    <Page
      title={name}
      back={{ to: '/policies', name: say('shell.policies') }}
      note={data && <PolicyState state={data.state} />}
      actions={data && <Link to={`/policies/lab?version=${data.id}`}>{say('replay.try')}</Link>}
    >
      <Loaded query={policy}>
        {(version) => (
          <>
            <Card>
              <Head version={version} />
            </Card>
            <LifeCard version={version} />
            {isOpen(version) && <ChangesCard id={version.id} />}
            {isOpen(version) && <ImpactCard tried={{ versionId: version.id }} />}
            {version.state === 'published' && version.number > 1 && <EffectCard id={version.id} />}
            {hasExamples(version) && <ExamplesCard version={version} />}
            <div className="beside">
              <div>
                <Readable version={version} />
              </div>
              <Source version={version} />
            </div>
          </>
        )}
      </Loaded>
    </Page>
  )
}

/** A change that does not count yet, or the version that does: both say what is new in them. */
function isOpen({ state }: PolicyWithDocument): boolean {
  return state !== 'retired'
}

function hasExamples({ kind }: PolicyWithDocument): boolean {
  return kind === 'scorecard' || kind === 'limit-policy' || kind === 'check-rules'
}

function Head({ version }: { version: PolicyWithDocument }): ReactNode {
  const { say } = useWords()
  return (
    <Descriptions
      items={[
        [say('policy.title'), version.title],
        [
          say('policy.draftedBy'),
          <span key="by">
            {version.createdBy} <MomentText moment={version.createdAt} />
          </span>,
        ],
        [
          say('policy.publishedBy'),
          version.publishedBy && (
            <span key="published">
              {version.publishedBy} <MomentText moment={version.publishedAt} />
            </span>
          ),
        ],
        version.retiredAt
          ? [say('policy.retiredAt'), <MomentText key="retired" moment={version.retiredAt} />]
          : null,
        [say('policy.remark'), version.note],
        [
          say('policy.hash'),
          <span key="hash">
            <code title={version.hash}>{version.hash.slice(0, 16)}…</code>{' '}
            <CopyButton text={version.hash} />
          </span>,
        ],
      ]}
    />
  )
}

function Readable({ version }: { version: PolicyWithDocument }): ReactNode {
  const { document, kind } = version
  switch (kind) {
    case 'rating-scale': {
      const reading = readDocument(ratingScaleReader, document)
      return reading.kind === 'read' ? <RatingScaleView scale={reading.document} /> : <Unread />
    }
    case 'scorecard': {
      const reading = readDocument(scorecardReader, document)
      return reading.kind === 'read' ? <ScorecardView card={reading.document} /> : <Unread />
    }
    case 'limit-policy': {
      const reading = readDocument(limitPolicyReader, document)
      return reading.kind === 'read' ? <LimitPolicyView policy={reading.document} /> : <Unread />
    }
    case 'indicators': {
      const reading = readDocument(indicatorFormulasReader, document)
      const { formulas } = version
      return reading.kind === 'read' ? (
        <IndicatorFormulasView document={reading.document} formulas={formulas} />
      ) : (
        <Unread />
      )
    }
    case 'check-rules': {
      const reading = readDocument(checkRulesReader, document)
      return reading.kind === 'read' ? <RulesView rules={reading.document} /> : <Unread />
    }
  }
}

/** A draft may still be unfinished; its text is shown all the same. */
function Unread(): ReactNode {
  const { say } = useWords()
  return (
    <Card>
      <p>{say('policy.unread')}</p>
    </Card>
  )
}

function Source({ version }: { version: PolicyWithDocument }): ReactNode {
  const { say } = useWords()
  const text = policyText(version.document)
  return (
    <Card title={say('policy.source')} extra={<CopyButton text={text} />}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <pre className="source-text" tabIndex={0}>
        {text}
      </pre>
    </Card>
  )
}
