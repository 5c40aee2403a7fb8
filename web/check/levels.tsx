import type { ReactNode } from 'react'
import type { CheckSource, CreditCheckReply } from '#contract/check.ts'
import { stageLabels, stages } from '#kernel/exposure/stage.ts'
import { ExplainedMoney } from '../ui/explained-money.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useWords } from '../ui/use-words.ts'

type Of = {
  readonly answer: Pick<CreditCheckReply, 'levels' | 'exposure'>
  readonly source?: CheckSource
}

/** The room of each level that must have room, each figure with what it is made of. */
export function Levels({ answer, source }: Of): ReactNode {
  const { say } = useWords()
  return (
    <PlainTable
      titles={['check.level', '>check.limit', '>check.before', '>check.after', '>check.headroom']}
    >
      {answer.levels.map((level) => (
        <tr key={level.accountId}>
          <th scope="row">
            {say(`check.level.${level.level as 'party' | 'segment' | 'group'}`)}
            <span className="quiet"> {level.segment || level.name}</span>
          </th>
          <LevelFigures {...{ answer, level, source }} />
        </tr>
      ))}
    </PlainTable>
  )
}

function LevelFigures(of: {
  readonly answer: Of['answer']
  readonly level: CreditCheckReply['levels'][number]
  readonly source: CheckSource | undefined
}): ReactNode {
  const { pick, say } = useWords()
  const { after, before, currency, headroom, level, limit } = of.level
  const told = useCheckSource(of.source)
  const common = { currency, source: told }
  const { exposure } = of.answer
  // What it is made of is told of the customer's own account, in its currency.
  const made =
    level === 'party' && exposure.currency === currency
      ? stages.flatMap((stage) => {
          const amount = exposure.before[stage]
          return amount === undefined ? [] : [[pick(stageLabels[stage]), amount] as const]
        })
      : []
  return (
    <>
      <td className="right">
        {limit === null ? (
          <span className="quiet">{say('check.noLimit')}</span>
        ) : (
          <ExplainedMoney {...common} amount={limit} formula={say('check.limit.formula')} />
        )}
      </td>
      <td className="right">
        <ExplainedMoney
          {...common}
          amount={before}
          formula={say('check.before.formula')}
          inputs={made}
        />
      </td>
      <td className="right">
        <ExplainedMoney
          {...common}
          amount={after}
          formula={say('check.after.formula')}
          inputs={[[say('check.before'), before]]}
        />
      </td>
      <td className="right">
        {headroom !== null && (
          <ExplainedMoney
            {...common}
            amount={headroom}
            formula={say('check.headroom.formula')}
            inputs={[
              [say('check.limit'), limit],
              [say('check.after'), after],
            ]}
          />
        )}
      </td>
    </>
  )
}

/** The rules and the moment of a check, as figures tell them. */
function useCheckSource(source: CheckSource | undefined) {
  const { say } = useWords()
  if (source === undefined) return undefined
  const { decidedAt, rules } = source
  return {
    asOf: decidedAt,
    ...(rules === null ? {} : { policy: say('check.rules', { number: rules }) }),
  }
}
