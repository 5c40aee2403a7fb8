import { Input, Segmented } from 'antd'
import { type ReactNode, useEffect, useId, useReducer, useState } from 'react'
import { useBlocker, useNavigate, useParams } from 'react-router'
import type { PolicyWithDocument } from '#contract/policy.ts'
import type { Canonical } from '#kernel/decision/canonical.ts'
import type { DocumentProblem } from '#kernel/document/problem.ts'
import { ImpactCard } from '../../lab/impact-card.tsx'
import { ActButton } from '../../ui/act-button.tsx'
import { send } from '../../ui/api.ts'
import { Loaded, Page } from '../../ui/page.tsx'
import { ProblemNote } from '../../ui/problem.tsx'
import { useAct } from '../../ui/use-act.ts'
import { useSettled } from '../../ui/use-settled.ts'
import { useWords } from '../../ui/use-words.ts'
import { useMayNot } from '../../user/use-me.ts'
import { usePolicy } from '../use-policy.ts'
import { LimitPolicyEditor } from './by-grade-editor.tsx'
import { DefinitionsEditor } from './definitions-editor.tsx'
import { cellOf, KeptNote, ProblemList } from './edit-notes.tsx'
import { type Editing, edited } from './editing.ts'
import type { EditorProps } from './editor-props.ts'
import { keepEdit, keptEdit } from './kept-edit.ts'
import { RulesEditor } from './rules-editor.tsx'
import { ScaleEditor } from './scale-editor.tsx'
import { ScorecardEditor } from './scorecard-editor.tsx'
import { TextEditor } from './text-editor.tsx'
import { useCheck } from './use-check.ts'
import { variantPart } from './variant-part.ts'
import { VariantsBar } from './variants-bar.tsx'
import { editWords } from './words.ts'

/** Where a policy is written: as tables or as text, checked as one types, tried before it is saved. */
export function EditPolicyPage(): ReactNode {
  const { say } = useWords()
  const { id = '' } = useParams()
  const policy = usePolicy(id)
  const kind = policy.data?.kind
  return (
    <Page
      title={kind ? say('edit.title', { kind: say(`policy.kind.${kind}`) }) : say('life.edit')}
      back={{ to: `/policies/${id}`, name: say('shell.policies') }}
      note={policy.data && say('edit.from', { number: policy.data.number })}
    >
      <Loaded query={policy}>{(version) => <Editor key={version.id} begun={version} />}</Loaded>
    </Page>
  )
}

/** Indicator formulas are the kind that a company begins with none of. */
export function FirstFormulasPage(): ReactNode {
  const { say } = useWords()
  const kind = 'indicators'
  const [zh, en] = editWords['edit.own']
  const document = { id: 'own', label: { zh, en }, currency: 'CNY', definitions: [] }
  return (
    <Page
      title={say('edit.first', { kind: say(`policy.kind.${kind}`) })}
      back={{ to: '/policies', name: say('shell.policies') }}
    >
      <Editor begun={{ kind, document, hash: '', state: 'published' }} />
    </Page>
  )
}

type Begun = Pick<PolicyWithDocument, 'kind' | 'document' | 'hash' | 'state'>

const pauseMs = 250

function Editor({ begun }: { begun: Begun }): ReactNode {
  const { pick, say } = useWords()
  const { hash, kind } = begun
  const before = begun.document as Canonical
  const [editing, edit] = useReducer(edited, { document: before, past: [], future: [] })
  const [note, setNote] = useState('')
  const [tab, setTab] = useState<'table' | 'text'>('table')
  const [kept, setKept] = useState(() => keptEdit(kind))
  const [under, setUnder] = useState<number | null>(null)
  const { document } = editing
  const isChanged = editing.past.length > 0
  const settled = useSettled(document, pauseMs)
  const { indicators, problems, scale } = useCheck(kind, settled)
  const told = new Map(problems.map((each) => [cellOf(each.path), pick(each.message)]))
  useEffect(() => {
    if (isChanged) keepEdit(kind, { from: hash, document, note, at: new Date().toISOString() })
  }, [isChanged, kind, hash, document, note])
  const props: EditorProps = {
    ...{ document, indicators, scale, problems: told },
    set: (cells) => edit({ kind: 'set', cells }),
  }
  useUndoKeys(edit)
  return (
    <>
      {kept && kept.from === hash && !isChanged && (
        <KeptNote
          kept={kept}
          take={() => {
            edit({ kind: 'replace', document: kept.document })
            setNote(kept.note)
            setKept(null)
          }}
          drop={() => {
            keepEdit(kind, null)
            setKept(null)
          }}
        />
      )}
      <Bar {...{ begun, document, note, setNote, problems, isChanged }}>
        <Steps editing={editing} edit={edit} />
      </Bar>
      <ProblemList problems={problems} />
      <Segmented
        value={tab}
        onChange={setTab}
        options={(['table', 'text'] as const).map((value) => ({
          value,
          label: say(`edit.tab.${value}`),
        }))}
      />
      {tab === 'table' ? (
        <>
          {hasVariants(kind) && <VariantsBar {...props} under={under} go={setUnder} />}
          <EditorOf key={under} kind={kind} {...variantPart(props, under)} />
        </>
      ) : (
        <TextEditor
          document={document}
          fileName={`${kind}.yaml`}
          take={(written) => edit({ kind: 'replace', document: written })}
        />
      )}
      {isChanged && problems.length === 0 && <ImpactCard tried={{ kind, document: settled }} />}
    </>
  )
}

function Steps(of: {
  readonly editing: Editing
  readonly edit: (step: { kind: 'undo' | 'redo' }) => void
}): ReactNode {
  const { say } = useWords()
  const { future, past } = of.editing
  return (
    <>
      <ActButton
        reason={past.length === 0 && say('edit.nothing')}
        onClick={() => of.edit({ kind: 'undo' })}
      >
        {say('edit.undo')}
      </ActButton>
      <ActButton
        reason={future.length === 0 && say('edit.nothing.redo')}
        onClick={() => of.edit({ kind: 'redo' })}
      >
        {say('edit.redo')}
      </ActButton>
    </>
  )
}

function hasVariants(kind: PolicyWithDocument['kind']): boolean {
  return kind === 'scorecard' || kind === 'limit-policy'
}

function EditorOf({ kind, ...props }: EditorProps & Pick<PolicyWithDocument, 'kind'>): ReactNode {
  switch (kind) {
    case 'scorecard':
      return <ScorecardEditor {...props} />
    case 'limit-policy':
      return <LimitPolicyEditor {...props} />
    case 'check-rules':
      return <RulesEditor {...props} />
    case 'rating-scale':
      return <ScaleEditor {...props} />
    case 'indicators':
      return <DefinitionsEditor {...props} />
  }
}

/** Saves what is written as the draft of its kind, in place of the draft that was read. */
function Bar(of: {
  readonly begun: Begun
  readonly document: Canonical
  readonly note: string
  readonly setNote: (note: string) => void
  readonly problems: readonly DocumentProblem[]
  readonly isChanged: boolean
  readonly children: ReactNode
}): ReactNode {
  const { say } = useWords()
  const noteId = useId()
  const navigate = useNavigate()
  const { begun, document, isChanged, note, problems } = of
  const mayNot = useMayNot()('policy:write')
  const save = useAct({
    isProblemShown: true,
    send: async (_: undefined, key) => {
      const { hash, kind, state } = begun
      // Begun from what counts: a draft that somebody else has written is not to be lost.
      const replaces = state === 'draft' ? hash : null
      const body = { kind, document, replaces, ...(note.trim() && { note: note.trim() }) }
      return send<{ id: string }>('POST', '/api/policies', { body, key })
    },
    done: (words) => words('edit.save.done'),
    onDone: ({ id }) => {
      keepEdit(begun.kind, null)
      isLeaving.now = true
      navigate(`/policies/${id}`)
    },
  })
  const isLeaving = useLeaving(isChanged)
  const reason =
    mayNot ??
    (problems.length > 0
      ? say('edit.save.problems', { count: problems.length })
      : isChanged
        ? null
        : say('edit.save.same'))
  return (
    <section className="card edit-bar">
      <label htmlFor={noteId}>{say('edit.note')}</label>
      <Input
        id={noteId}
        value={note}
        maxLength={500}
        onChange={({ target }) => of.setNote(target.value)}
      />
      <span className="acts">
        {of.children}
        <ActButton
          type="primary"
          reason={reason}
          loading={save.isPending}
          onClick={() => save.mutate(undefined)}
        >
          {say('edit.save')}
        </ActButton>
      </span>
      {save.error && <ProblemNote error={save.error} />}
    </section>
  )
}

/** Asks before what is not saved is left behind. */
function useLeaving(isChanged: boolean): { now: boolean } {
  const { say } = useWords()
  const [leaving] = useState(() => ({ now: false }))
  const blocker = useBlocker(() => isChanged && !leaving.now)
  const question = say('edit.leave')
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    if (window.confirm(question)) blocker.proceed()
    else blocker.reset()
  }, [blocker, question])
  return leaving
}

function useUndoKeys(edit: (step: { kind: 'undo' | 'redo' }) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey)) return
      // What is typed beside the tables is taken back where it is typed.
      if (event.target instanceof Element && event.target.closest('.edit-bar, .source-text')) return
      const isRedo = event.key === 'y' || (event.key === 'z' && event.shiftKey)
      if (!isRedo && event.key !== 'z') return
      event.preventDefault()
      edit({ kind: isRedo ? 'redo' : 'undo' })
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [edit])
}
