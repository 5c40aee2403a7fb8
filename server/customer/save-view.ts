import { sql } from 'kysely'
import type { NewView, SavedView, ViewChange } from '#contract/customer.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import {
  countViewsOf,
  deleteViewRow,
  findView,
  insertView,
  isNameTaken,
  updateView,
  type ViewRow,
  viewsFor,
} from '#server/customer/view.store.ts'
import type { Transaction } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import { type Actor, type Context, runCommand } from '#server/platform/run-command.ts'

const viewsMax = 200

export async function listViews(
  { db, actor }: Context,
  page: SavedView['page'] | undefined,
): Promise<{ items: SavedView[] }> {
  const rows = await viewsFor(db, actor.id, page ?? null)
  return { items: rows.map((row) => viewReply(row, actor)) }
}

/** Keeps the query of a list under a name: for oneself, or for everybody. */
export function saveView(context: Context, view: NewView): Promise<SavedView | Refusal> {
  const { actor } = context
  const row = { ...view, id: newId(), personId: actor.id, personName: actor.name }
  return runCommand(
    context,
    { name: 'view.save', permission: 'party:read', input: { ...view } },
    async (tx) => {
      await lockViewsOf(tx, actor.id)
      const refused = refuseQuery(view.query) ?? (await refuseName(tx, row))
      if (refused) return refused
      if ((await countViewsOf(tx, actor.id)) >= viewsMax) {
        const zh = `您已有 ${viewsMax} 个视图，先删除一个不用的。`
        const detail = `You have ${viewsMax} views: delete one that is not needed.`
        return refuse('conflict', detail, { zh })
      }
      await insertView(tx, row)
      return reread(tx, row.id, actor)
    },
  )
}

export function changeView(
  context: Context,
  id: string,
  change: ViewChange,
): Promise<SavedView | Refusal> {
  return runCommand(
    context,
    { name: 'view.change', permission: 'party:read', input: { id, ...change }, subject: id },
    async (tx) => {
      const view = await findChangeable(tx, id, context.actor)
      if (isRefusal(view)) return view
      await lockViewsOf(tx, view.personId)
      const refused = refuseQuery(change.query) ?? (await refuseName(tx, { ...view, ...change }))
      if (refused) return refused
      await updateView(tx, id, change)
      return reread(tx, id, context.actor)
    },
  )
}

export function deleteView(context: Context, id: string): Promise<{ deleted: true } | Refusal> {
  return runCommand(
    context,
    { name: 'view.delete', permission: 'party:read', input: { id }, subject: id },
    async (tx) => {
      const view = await findChangeable(tx, id, context.actor)
      if (isRefusal(view)) return view
      await deleteViewRow(tx, id)
      return { deleted: true }
    },
  )
}

/** Views of one person are saved one at a time, so that a name is seen to be taken. */
async function lockViewsOf(tx: Transaction, personId: string): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('xinheng.view'), hashtext(${personId}))`)
}

/** A view that is not shared is nobody else's to see, so it is as if it were not there. */
async function findChangeable(
  tx: Transaction,
  id: string,
  actor: Actor,
): Promise<ViewRow | Refusal> {
  const view = await findView(tx, id)
  if (!view || !(view.isShared || mayChange(view, actor))) {
    return refuse('not-found', 'There is no such view.')
  }
  if (mayChange(view, actor)) return view
  const detail = `This view is ${view.personName}’s: save it under a name of your own.`
  const zh = `这是 ${view.personName} 的视图，可另存为自己的视图。`
  return refuse('forbidden', detail, { owner: view.personName, zh })
}

function mayChange(view: ViewRow, actor: Actor): boolean {
  return view.personId === actor.id || actor.roles.includes('admin')
}

function refuseQuery(query: string): Refusal | undefined {
  const isQuery = /^[^\s?#\p{Cc}]*$/u.test(query)
  return isQuery
    ? undefined
    : refuse('invalid-input', 'query: give what stands behind the ? of the URL of the list.', {
        field: 'query',
        zh: '视图的条件：应为列表网址中 ? 后面的部分。',
      })
}

async function refuseName(
  tx: Transaction,
  view: Pick<ViewRow, 'id' | 'personId' | 'page' | 'name'>,
): Promise<Refusal | undefined> {
  const { id: but, name, page, personId } = view
  if (name.trim() !== name || name === '') {
    return refuse('invalid-input', 'name: write it without spaces around it.', {
      field: 'name',
      zh: '视图名称：不能为空，前后不能有空格。',
    })
  }
  if (!(await isNameTaken(tx, { but, name, page, personId }))) return undefined
  const detail = `name: there is a view "${name}" of this list already; choose another name.`
  const zh = `视图名称：这个列表已有视图“${name}”，应换个名称。`
  return refuse('already-exists', detail, { field: 'name', zh })
}

async function reread(tx: Transaction, id: string, actor: Actor): Promise<SavedView> {
  const row = await findView(tx, id)
  if (!row) throw new Error('a view that was just written is there')
  return viewReply(row, actor)
}

function viewReply(row: ViewRow, actor: Actor): SavedView {
  const { personId, personName: owner, ...view } = row
  return { ...view, owner, isMine: personId === actor.id, mayChange: mayChange(row, actor) }
}
