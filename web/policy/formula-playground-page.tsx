import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { type ReactNode, useEffect, useId, useState } from 'react'
import type { FormulaChecked, FormulaProblem, FormulaQuestion } from '#contract/formula.ts'
import { send } from '../ui/api.ts'
import { Card, EmptyState, Page } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useSettled } from '../ui/use-settled.ts'
import { useUrlState } from '../ui/use-url-state.ts'
import { useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'
import { FormulaAnswer } from './formula-answer.tsx'
import { FormulaField } from './formula-field.tsx'
import { formulaExamples } from './formula-words.ts'

const pauseMs = 200
type Unit = NonNullable<FormulaQuestion['unit']>
const units: readonly Unit[] = [
  ...(['days', 'months', 'percent', 'ratio', 'count', 'money', 'yes-no', 'text'] as const),
]

/** A place to try formulas on one's own customers. */
export function FormulaPlaygroundPage(): ReactNode {
  const { say } = useWords()
  const toldIn = useId()
  const url = useUrlState()
  const reason = useMayNot()('policy:write')
  const [typed, setTyped] = useState(url.values.formula ?? '')
  const formula = useSettled(typed, pauseMs)
  const unit = units.find((each) => each === url.values.unit)
  const { set } = url
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address follows what was typed
  useEffect(() => set({ formula }), [formula])
  const checked = useChecked({ formula, ...(unit && { unit }) }, reason === null)
  // An answer to what stood there before would underline the wrong place.
  const isCurrent = formula === typed && !checked.isPlaceholderData
  const problem = (isCurrent && checked.data?.problem) || null
  return (
    <Page
      title={say('formula.title')}
      note={say('formula.note')}
      back={{ to: '/policies', name: say('shell.policies') }}
    >
      <Card>
        <FormulaField value={typed} onChange={setTyped} problem={problem} toldIn={toldIn} />
        <div className="formula-foot">
          <UnitChoice value={unit} onChange={(chosen) => set({ unit: chosen ?? null })} />
          <Mistake
            id={toldIn}
            problem={problem}
            fix={({ from, instead, to }) =>
              setTyped(typed.slice(0, from) + (instead ?? '') + typed.slice(to))
            }
          />
        </div>
        {reason && <p className="not-done">{reason}</p>}
      </Card>
      {typed.trim() === '' && <Beginning take={setTyped} />}
      {checked.error && <ProblemNote error={checked.error} retry={() => checked.refetch()} />}
      {typed.trim() !== '' && checked.data && <FormulaAnswer checked={checked.data} />}
    </Page>
  )
}

function useChecked(question: FormulaQuestion, isAsked: boolean) {
  return useQuery({
    queryKey: ['/api/formulas/check', question],
    queryFn: ({ signal }) =>
      send<FormulaChecked>('POST', '/api/formulas/check', {
        ...{ body: { ...question, sample: true }, signal },
      }),
    enabled: isAsked && question.formula.trim() !== '',
    placeholderData: keepPreviousData,
  })
}

function UnitChoice(of: {
  readonly value: Unit | undefined
  readonly onChange: (unit: Unit | undefined) => void
}): ReactNode {
  const { say } = useWords()
  const id = useId()
  return (
    <p className="formula-unit">
      <label htmlFor={id}>{say('formula.unit')}</label>
      <Select
        id={id}
        allowClear
        placeholder={say('formula.unit.any')}
        {...(of.value && { value: of.value })}
        onChange={(unit: Unit | undefined) => of.onChange(unit)}
        options={units.map((value) => ({ value, label: say(`formula.unit.${value}`) }))}
      />
    </p>
  )
}

function Mistake(of: {
  readonly id: string
  readonly problem: FormulaProblem | null
  readonly fix: (problem: FormulaProblem) => void
}): ReactNode {
  const { pick, say } = useWords()
  const { problem } = of
  return (
    <div role="status" id={of.id} className="formula-problem">
      {problem && <span className="negative">{pick(problem.message)}</span>}
      {problem?.instead && (
        <Button size="small" onClick={() => of.fix(problem)}>
          {say('formula.fix', { text: problem.instead })}
        </Button>
      )}
    </div>
  )
}

function Beginning({ take }: { readonly take: (formula: string) => void }): ReactNode {
  const { language, say } = useWords()
  return (
    <Card>
      <EmptyState
        title={say('formula.empty')}
        text={say('formula.empty.text')}
        action={
          <div className="phrases">
            {formulaExamples.map(([zh, en]) => (
              <button
                key={zh}
                type="button"
                className="phrase"
                onClick={() => take(language === 'en' ? en : zh)}
              >
                {language === 'en' ? en : zh}
              </button>
            ))}
          </div>
        }
      />
    </Card>
  )
}
