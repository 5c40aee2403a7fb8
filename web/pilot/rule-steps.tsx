import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { NewStep, PilotList } from '#contract/pilot.ts'
import { ActButton } from '../ui/act-button.tsx'
import { send } from '../ui/api.ts'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'

const steps = {
  none: [],
  shadow: ['warn', 'hold'],
  warn: ['hold', 'shadow'],
  hold: ['warn'],
} as const satisfies Record<NewStep['reaction'], readonly NewStep['reaction'][]>

/** Where a rule may go from here; each is a draft that a second person approves. */
export function RuleSteps(of: {
  readonly rule: Pick<PilotList['rules'][number], 'rule' | 'reaction'>
  readonly name: string
}): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const reason = useMayNot()('policy:write')
  const step = useAct<NewStep['reaction'], { readonly id: string }>({
    send: (reaction, key) =>
      send('POST', `/api/policy-pilots/${encodeURIComponent(of.rule.rule)}/drafts`, {
        body: { reaction, replaces: null },
        key,
      }),
    done: (words) => words('pilot.drafted'),
    touches: ['/api/policies'],
    onDone: ({ id }) => navigate(`/policies/${id}`),
  })
  return (
    <span className="act-row">
      {steps[of.rule.reaction].map((to) => (
        <ActButton
          key={to}
          size="small"
          reason={reason}
          aria-label={say('pilot.to.name', { step: say(`pilot.to.${to}`), rule: of.name })}
          loading={step.isPending && step.variables === to}
          onClick={() => step.mutate(to)}
        >
          {say(`pilot.to.${to}`)}
        </ActButton>
      ))}
    </span>
  )
}
