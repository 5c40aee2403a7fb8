import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Dropdown, Form, Input, type MenuProps } from 'antd'
import { type ReactNode, useState } from 'react'
import { useSearchParams } from 'react-router'
import type { NewView, SavedView, SavedViews as Views } from '#contract/customer.ts'
import { ActDialog } from './act-dialog.tsx'
import { get, send } from './api.ts'
import { useAct } from './use-act.ts'
import { useUndo } from './use-undo.tsx'
import { type Say, useWords } from './use-words.ts'

type Dialog = { readonly kind: 'new' | 'change'; readonly view?: SavedView }

/** Views of a list: what it is filtered and ordered by, and which columns it shows, under a name. */
export function SavedViews({ page }: { page: SavedView['page'] }): ReactNode {
  const { say } = useWords()
  const [parameters, setParameters] = useSearchParams()
  const query = sortedQuery(parameters)
  const views = useViews(page)
  const [chosenId, setChosenId] = useState<string>()
  const [dialog, setDialog] = useState<Dialog>()
  const shown = views.find((view) => sortedQuery(view.query) === query && query !== '')
  // Once changed it is not the view any more, and still the one to update.
  const chosen = shown ?? views.find(({ id }) => id === chosenId)
  const choose = (view: Pick<SavedView, 'query'> & Partial<SavedView>) => {
    setChosenId(view.id)
    setParameters(new URLSearchParams(view.query))
  }
  const change = useChange(query)
  const remove = useRemoval(page)
  const items = menuOf({ views, shown, chosen, query, say }, (key) => {
    if (key === 'all') choose({ query: '' })
    else if (key === 'new') setDialog({ kind: 'new' })
    else if (key === 'change' && chosen) setDialog({ kind: 'change', view: chosen })
    else if (key === 'overwrite' && chosen) change.mutate(chosen)
    else if (key === 'delete' && chosen) remove(chosen)
    else {
      const view = views.find(({ id }) => id === key)
      if (view) choose(view)
    }
  })
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items, selectedKeys: shown ? [shown.id] : [] }}>
        <Button className="more" aria-haspopup="menu">
          {shown ? shown.name : say('ui.views')}
        </Button>
      </Dropdown>
      <ViewDialog
        {...{ page, query, dialog, taken: views }}
        close={() => setDialog(undefined)}
        saved={({ id }) => setChosenId(id)}
      />
    </>
  )
}

function useViews(page: SavedView['page']): readonly SavedView[] {
  const views = useQuery({
    queryKey: ['/api/views', { page }],
    queryFn: () => get<Views>('/api/views', { page }),
    staleTime: 60_000,
  })
  return views.data?.items ?? []
}

/** The order of the parts means nothing. */
function sortedQuery(query: URLSearchParams | string): string {
  const sorted = new URLSearchParams(query)
  sorted.sort()
  return sorted.toString()
}

type Shown = {
  readonly views: readonly SavedView[]
  readonly shown: SavedView | undefined
  readonly chosen: SavedView | undefined
  readonly query: string
  readonly say: Say
}

function menuOf(of: Shown, act: (key: string) => void): NonNullable<MenuProps['items']> {
  const { chosen, query, say, shown, views } = of
  const entry = (key: string, label: ReactNode, isOff = false) => ({
    ...{ key, label, disabled: isOff },
    onClick: () => act(key),
  })
  const named = (all: readonly SavedView[]) =>
    all.map(({ id, isMine, name, owner }) =>
      entry(id, isMine ? name : <ViewName name={name} owner={owner} />),
    )
  const mine = named(views.filter(({ isMine }) => isMine))
  const shared = named(views.filter(({ isMine }) => !isMine))
  const group = (key: string, label: string, children: typeof mine) =>
    children.length === 0 ? [] : [{ key, label, type: 'group' as const, children }]
  const isOff = chosen !== undefined && !chosen.mayChange
  const told = (text: string) =>
    isOff ? `${text} · ${say('ui.views.notYours', { owner: chosen.owner })}` : text
  const name = chosen?.name ?? ''
  return [
    entry('all', say('ui.views.all')),
    ...group('mine', say('ui.views.mine'), mine),
    ...group('shared', say('ui.views.shared'), shared),
    { type: 'divider' },
    entry('new', say('ui.views.save'), query === ''),
    ...(chosen && !shown && query !== ''
      ? [entry('overwrite', told(say('ui.views.overwrite', { name })), isOff)]
      : []),
    ...(chosen
      ? [
          entry('change', told(say('ui.views.change', { name })), isOff),
          entry('delete', told(say('ui.views.delete', { name })), isOff),
        ]
      : []),
  ]
}

function ViewName({ name, owner }: { name: string; owner: string }): ReactNode {
  return (
    <>
      {name} <span className="quiet">{owner}</span>
    </>
  )
}

function useChange(query: string) {
  return useAct<SavedView, SavedView>({
    send: ({ id, isShared, name }, key) =>
      send('PUT', `/api/views/${id}`, { body: { name, isShared, query }, key }),
    done: (say) => say('ui.views.saved'),
    touches: ['/api/views'],
  })
}

function useRemoval(page: SavedView['page']): (view: SavedView) => void {
  const { say } = useWords()
  const offer = useUndo()
  const act = useAct<SavedView, SavedView>({
    send: async (view, key) => {
      await send('DELETE', `/api/views/${view.id}`, { key })
      return view
    },
    touches: ['/api/views'],
    onDone: ({ isShared, name, query }) =>
      offer(say('ui.views.deleted', { name }), (key) =>
        send('POST', '/api/views', { body: { page, name, query, isShared }, key }),
      ),
  })
  return (view) => act.mutate(view)
}

function ViewDialog(of: {
  readonly page: SavedView['page']
  readonly query: string
  readonly taken: readonly SavedView[]
  readonly dialog: Dialog | undefined
  readonly close: () => void
  readonly saved: (view: SavedView) => void
}): ReactNode {
  const { say } = useWords()
  const view = of.dialog?.view
  const isTaken = (name: string) =>
    of.taken.some((one) => one.isMine && one.name === name.trim() && one.id !== view?.id)
  const store = (fields: Pick<NewView, 'name' | 'isShared'>, key: string) => {
    const body = { ...fields, name: fields.name.trim(), query: view?.query ?? of.query }
    return view
      ? send<SavedView>('PUT', `/api/views/${view.id}`, { body, key })
      : send<SavedView>('POST', '/api/views', { body: { ...body, page: of.page }, key })
  }
  return (
    <ActDialog<Pick<NewView, 'name' | 'isShared'>, SavedView>
      isOpen={of.dialog !== undefined}
      close={of.close}
      title={view ? say('ui.views.change', { name: view.name }) : say('ui.views.save')}
      submit={say('ui.save')}
      initial={{ name: view?.name ?? '', isShared: view?.isShared ?? false }}
      send={store}
      done={(words) => words('ui.views.saved')}
      onDone={of.saved}
    >
      <Form.Item
        name="name"
        label={say('ui.views.name')}
        rules={[
          { required: true, whitespace: true, message: say('ui.required') },
          {
            validator: async (_rule, name = '') => {
              if (isTaken(name)) throw new Error(say('ui.views.taken'))
            },
          },
        ]}
      >
        <Input maxLength={60} autoFocus autoComplete="off" />
      </Form.Item>
      <Form.Item name="isShared" valuePropName="checked">
        <Checkbox>{say('ui.views.isShared')}</Checkbox>
      </Form.Item>
    </ActDialog>
  )
}
