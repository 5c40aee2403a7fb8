import { Button, Input, Segmented } from 'antd'
import { type ReactNode, useId } from 'react'
import { nameOfMember } from '#kernel/policy/member-names.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { useWords } from '../../ui/use-words.ts'
import { labelWith, listAt, type Path, textAt } from './editing.ts'
import type { EditorProps } from './editor-props.ts'
import { ScopeLists, useScopeChoices } from './scope-lists.tsx'
import { TrialEditor } from './trial-editor.tsx'
import { newVariant, ownMembers } from './variant-part.ts'

type Of = EditorProps & {
  readonly under: number | null
  readonly go: (under: number | null) => void
}

/** Of whom the policy is edited: of all customers, or of those of one variant. */
export function VariantsBar(of: Of): ReactNode {
  const { language, say } = useWords()
  const { document, go, set, under } = of
  const variants = listAt(document, ['variants'])
  const nameOf = (variant: (typeof variants)[number], at: number) =>
    textAt(variant, ['label', language === 'en' ? 'en' : 'zh']) || `${at + 1}`
  const add = () => {
    const value = newVariant(document, say('variant.new'))
    set([{ path: ['variants'], value: [...variants, value] }])
    go(variants.length)
  }
  return (
    <section className="card variants-bar">
      <div className="act-row">
        <Segmented<number>
          aria-label={say('variant.of')}
          value={under ?? -1}
          onChange={(at) => go(at < 0 ? null : at)}
          options={[
            { value: -1, label: say('variant.all') },
            ...variants.map((variant, at) => ({ value: at, label: nameOf(variant, at) })),
          ]}
        />
        <Button onClick={add}>{say('variant.add')}</Button>
      </div>
      {under === null || variants[under] === undefined ? (
        variants.length > 0 && <p className="quiet">{say('variant.all.note')}</p>
      ) : (
        <Scope key={under} {...of} under={under} />
      )}
    </section>
  )
}

const lists = ['industries', 'departments', 'regions', 'roles'] as const

function Scope(of: Of & { readonly under: number }): ReactNode {
  const { language, pick, say } = useWords()
  const { document, set, under } = of
  const nameId = useId()
  const place: Path = ['variants', under]
  const tongue = language === 'en' ? 'en' : 'zh'
  const label: Path = [...place, 'label']
  const own = ownMembers(document, under)
  return (
    <>
      <div className="replay-numbers">
        <div>
          <label htmlFor={nameId}>{say('variant.name')}</label>
          <Input
            id={nameId}
            maxLength={60}
            value={textAt(document, [...place, 'label', tongue])}
            onChange={({ target: { value } }) =>
              set([{ path: label, value: labelWith(document, label, tongue, value) }])
            }
          />
        </div>
        <ScopeLists
          {...of}
          path={[...place, 'scope']}
          lists={lists.map((name) => ({ name, label: say(`variant.${name}`) }))}
          choices={useScopeChoices()}
        />
      </div>
      <TrialEditor
        {...of}
        path={[...place, 'trial']}
        name={textAt(document, [...label, tongue]).slice(0, 60)}
      />
      <p className="quiet">
        {own.length === 0
          ? say('variant.same')
          : say('variant.own', {
              members: own.map((each) => pick(nameOfMember(each))).join('、'),
            })}{' '}
        {own.map((member) => (
          <Button
            key={member}
            size="small"
            type="link"
            onClick={() => set([{ path: [...place, member], value: undefined }])}
          >
            {say('variant.restore', { member: pick(nameOfMember(member)) })}
          </Button>
        ))}
      </p>
      <ScopeActs {...of} />
    </>
  )
}

/** Of variants that fit a customer the first holds, so their order matters. */
function ScopeActs(of: Of & { readonly under: number }): ReactNode {
  const { say } = useWords()
  const { document, go, set, under } = of
  const variants = listAt(document, ['variants'])
  const move = (by: number) => {
    const list = [...variants]
    const [taken] = list.splice(under, 1)
    if (taken !== undefined) list.splice(under + by, 0, taken)
    set([{ path: ['variants'], value: list }])
    go(under + by)
  }
  const remove = () => {
    const rest = variants.filter((_, at) => at !== under)
    set([{ path: ['variants'], value: rest.length > 0 ? rest : undefined }])
    go(null)
  }
  const isLast = under === variants.length - 1
  return (
    <div className="act-row">
      <ActButton size="small" reason={under === 0 && say('edit.nothing')} onClick={() => move(-1)}>
        {say('variant.earlier')}
      </ActButton>
      <ActButton size="small" reason={isLast && say('edit.nothing')} onClick={() => move(1)}>
        {say('variant.later')}
      </ActButton>
      <Button size="small" danger onClick={remove}>
        {say('variant.remove')}
      </Button>
    </div>
  )
}
