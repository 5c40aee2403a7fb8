import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useId,
  useRef,
} from 'react'
import type { Canonical } from '#kernel/decision/canonical.ts'
import type { Path } from './editing.ts'
import { pathText } from './editing.ts'

/** A cell as it is shown and typed; null where the table has none. */
export type GridCell = {
  readonly path: Path
  readonly text: string
  /** What is written into the document for what is typed; the text itself where it is left out. */
  readonly read?: (typed: string) => Canonical | undefined
} | null

export type GridRow = {
  readonly key: string
  readonly head: ReactNode
  readonly cells: readonly GridCell[]
}

type Of = {
  readonly name: string
  readonly columns: readonly ReactNode[]
  readonly rows: readonly GridRow[]
  /** What is wrong, by the place of the cell. */
  readonly problems: ReadonlyMap<string, string>
  readonly set: (cells: readonly { path: Path; value: Canonical | undefined }[]) => void
  readonly foot?: ReactNode
}

/**
 * A table in which one moves and types as in a spreadsheet: arrows and Enter go on, a block that was
 * copied from Excel is pasted over the cells from the one at hand.
 */
export function Grid(of: Of): ReactNode {
  const table = useRef<HTMLTableElement>(null)
  const keys = useGridKeys(of, table)
  return (
    <div className="table-scroll">
      <table ref={table} className="plain-table grid" aria-label={of.name}>
        <thead>
          <tr>
            {of.columns.map((column, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
              <th key={at} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {of.rows.map(({ cells, head, key }, row) => (
            <tr key={key}>
              <th scope="row">{head}</th>
              {cells.map((cell, column) =>
                cell ? (
                  <Cell
                    key={pathText(cell.path)}
                    {...{ cell, keys, row, column }}
                    name={`${of.name} ${key} ${column + 1}`}
                    problem={of.problems.get(pathText(cell.path))}
                    set={of.set}
                  />
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a place without a cell
                  <td key={column} />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {of.foot}
    </div>
  )
}

function Cell(of: {
  readonly cell: NonNullable<GridCell>
  readonly row: number
  readonly column: number
  readonly name: string
  readonly problem: string | undefined
  readonly keys: ReturnType<typeof useGridKeys>
  readonly set: Of['set']
}): ReactNode {
  const toldIn = useId()
  const { cell, column, keys, problem, row } = of
  return (
    <td className={problem ? 'is-wrong' : ''} title={problem}>
      <input
        value={cell.text}
        data-cell={`${row} ${column}`}
        data-path={pathText(cell.path)}
        aria-label={of.name}
        aria-invalid={problem !== undefined}
        {...(problem && { 'aria-describedby': toldIn })}
        onChange={({ target }) => of.set([written(cell, target.value)])}
        onFocus={({ target }) => target.select()}
        onKeyDown={(event) => keys.move(event, row, column)}
        onPaste={(event) => keys.paste(event, row, column)}
      />
      {problem && (
        <span id={toldIn} className="negative cell-problem">
          {problem}
        </span>
      )}
    </td>
  )
}

function useGridKeys({ rows, set }: Of, table: RefObject<HTMLTableElement | null>) {
  const goTo = (row: number, column: number): boolean => {
    const cell = table.current?.querySelector<HTMLInputElement>(`[data-cell="${row} ${column}"]`)
    cell?.focus()
    cell?.select()
    return cell !== undefined && cell !== null
  }
  const fillDown = (row: number, column: number) => {
    const above = rows[row - 1]?.cells[column]
    const own = rows[row]?.cells[column]
    if (above && own) set([written(own, above.text)])
  }
  const move = (event: KeyboardEvent<HTMLInputElement>, row: number, column: number) => {
    const { ctrlKey, currentTarget, key, metaKey, shiftKey } = event
    const isDown = key === 'ArrowDown' || (key === 'Enter' && !shiftKey)
    const isUp = key === 'ArrowUp' || (key === 'Enter' && shiftKey)
    if (key === 'd' && (ctrlKey || metaKey)) {
      event.preventDefault()
      fillDown(row, column)
    } else if (isDown || isUp) {
      event.preventDefault()
      goTo(row + (isDown ? 1 : -1), column)
    } else if (
      key === 'ArrowRight' &&
      currentTarget.selectionStart === currentTarget.value.length
    ) {
      if (goTo(row, column + 1)) event.preventDefault()
    } else if (key === 'ArrowLeft' && currentTarget.selectionEnd === 0) {
      if (goTo(row, column - 1)) event.preventDefault()
    }
  }
  const paste = (event: ClipboardEvent<HTMLInputElement>, row: number, column: number) => {
    const text = event.clipboardData.getData('text/plain').replace(/\r?\n$/, '')
    if (!/[\t\n]/.test(text)) return
    event.preventDefault()
    const lines = text.split(/\r?\n/).map((line) => line.split('\t'))
    set(
      lines.flatMap((line, down) =>
        line.flatMap((typed, right) => {
          const cell = rows[row + down]?.cells[column + right]
          return cell ? [written(cell, plainNumber(typed))] : []
        }),
      ),
    )
  }
  return { move, paste }
}

function written(cell: NonNullable<GridCell>, typed: string) {
  return { path: cell.path, value: cell.read ? cell.read(typed) : typed }
}

/** `1,200,000` as Excel copies it is 1200000. */
function plainNumber(typed: string): string {
  const text = typed.trim()
  return /^-?\d{1,3}(,\d{3})+(\.\d+)?%?$/.test(text) ? text.replaceAll(',', '') : text
}
