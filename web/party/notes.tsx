import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { App, Button, Form, Mentions, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import type { NewNote, NotePage, NoteShown, NoteWritten } from '#contract/note.ts'
import type { ColleaguePage } from '#contract/user.ts'
import { ActButton } from '../ui/act-button.tsx'
import { get, send } from '../ui/api.ts'
import { Mark } from '../ui/mark.tsx'
import { MomentText } from '../ui/money.tsx'
import { Card, EmptyState } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useAct } from '../ui/use-act.ts'
import { useUndo } from '../ui/use-undo.tsx'
import { useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'

/** What colleagues noted about a customer; who is named by @ is told. */
export function Notes({ partyId }: { partyId: string }): ReactNode {
  const { say } = useWords()
  const path = `/api/parties/${partyId}/notes`
  const notes = useInfiniteQuery({
    queryKey: [path, 'pages'],
    queryFn: ({ pageParam, signal }) =>
      get<NotePage>(path, { limit: 50, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  const items = notes.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Card title={say('file.notes')}>
      <NoteForm path={path} />
      {notes.error && <ProblemNote error={notes.error} retry={() => notes.refetch()} />}
      {notes.data && items.length === 0 && <EmptyState title={say('file.notes.none')} />}
      <ul className="notes">
        {items.map((note) => (
          <Note key={note.id} note={note} path={path} />
        ))}
      </ul>
      {notes.hasNextPage && (
        <Button type="link" onClick={() => notes.fetchNextPage()}>
          {say('ui.loadMore')}
        </Button>
      )}
    </Card>
  )
}

function NoteForm({ path }: { path: string }): ReactNode {
  const { say } = useWords()
  const mayNot = useMayNot()
  const { message } = App.useApp()
  const [form] = Form.useForm<NewNote>()
  const write = useAct<NewNote, NoteWritten>({
    send: (note, key) => send('POST', path, { body: { ...note, text: note.text.trim() }, key }),
    done: (words) => words('file.note.written'),
    onDone: ({ unknownMentions }) => {
      if (unknownMentions.length > 0) {
        message.warning(say('file.note.unknown', { names: unknownMentions.join('、') }))
      }
    },
  })
  // Who has begun the next note meanwhile keeps it.
  const clear = (written: NewNote) => {
    if (form.getFieldValue('text') === written.text) form.resetFields()
  }
  const reason = mayNot('file:write')
  return (
    <Form<NewNote>
      form={form}
      className="note-form"
      initialValues={{ audience: 'all' }}
      onFinish={(note) => write.mutate(note, { onSuccess: () => clear(note) })}
    >
      <Form.Item
        name="text"
        rules={[{ required: true, whitespace: true, message: say('ui.required') }]}
      >
        <NoteInput />
      </Form.Item>
      <div className="act-row">
        <Form.Item name="audience" noStyle>
          <Select
            aria-label={say('file.note.audience')}
            popupMatchSelectWidth={false}
            options={(['all', 'credit'] as const).map((value) => ({
              value,
              label: say(`file.note.audience.${value}`),
            }))}
          />
        </Form.Item>
        <ActButton type="primary" htmlType="submit" reason={reason} loading={write.isPending}>
          {say('file.note.write')}
        </ActButton>
      </div>
    </Form>
  )
}

/** A text in which @ offers colleagues by name or login. */
function NoteInput(of: {
  readonly id?: string
  readonly value?: string
  readonly onChange?: (text: string) => void
}): ReactNode {
  const { say } = useWords()
  const [asked, setAsked] = useState<string | null>(null)
  const found = useQuery({
    queryKey: ['/api/colleagues', asked],
    queryFn: ({ signal }) => get<ColleaguePage>('/api/colleagues', { text: asked }, signal),
    enabled: asked !== null,
    placeholderData: (before) => before,
  })
  return (
    <Mentions
      {...(of.id !== undefined && { id: of.id })}
      aria-label={say('file.note.text')}
      placeholder={say('file.note.hint')}
      value={of.value ?? ''}
      onChange={(text) => of.onChange?.(text)}
      onSearch={setAsked}
      filterOption={false}
      loading={found.isFetching}
      maxLength={4000}
      autoSize={{ minRows: 2, maxRows: 8 }}
      notFoundContent={say('file.note.nobody')}
      options={(found.data?.items ?? []).map(({ login, name }) => ({
        value: login,
        label: `${name} · ${login}`,
      }))}
    />
  )
}

function Note({ note, path }: { note: NoteShown; path: string }): ReactNode {
  const { say } = useWords()
  const offerUndo = useUndo()
  const { audience, author, editedAt, isOwn, mentions, recordedAt, text } = note
  const remove = useAct<void, unknown>({
    send: (_nothing, key) => send('DELETE', `${path}/${note.id}`, { key }),
    onDone: () =>
      offerUndo(say('file.note.removed'), (key) =>
        send('POST', path, { body: { text, audience }, key }),
      ),
  })
  return (
    <li>
      <div className="note-head">
        <strong>{author.name}</strong>
        <span className="quiet">
          <MomentText moment={recordedAt} /> {editedAt && say('file.note.edited')}
        </span>
        {audience === 'credit' && <Mark tone="warn">{say('file.note.audience.credit')}</Mark>}
        {isOwn && (
          <Button type="link" size="small" onClick={() => remove.mutate()}>
            {say('ui.remove')}
          </Button>
        )}
      </div>
      <p className="note-text">
        <Named text={text} mentions={mentions} />
      </p>
    </li>
  )
}

/** The text with the names of those whom it tells in place of their logins. */
function Named({ mentions, text }: Pick<NoteShown, 'mentions' | 'text'>): ReactNode {
  const byLogin = new Map(mentions.map(({ login, name }) => [`@${login.toLowerCase()}`, name]))
  const logins = mentions
    .map(({ login }) => `@${login}`)
    .toSorted((one, other) => other.length - one.length)
    .map((login) => login.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  if (logins.length === 0) return text
  return text.split(new RegExp(`(${logins.join('|')})`, 'gi')).map((part, place) => {
    const name = byLogin.get(part.toLowerCase())
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no identity but their place
    return name ? <mark key={place} title={part}>{`@${name}`}</mark> : part
  })
}
