import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import type { Path, Plain } from './editing.ts'
import { pathText } from './editing.ts'

/** A cell as it is shown and typed; null where the table has none. */
export type GridCell = {
  readonly path: Path
  readonly text: string
  /** What is written into the document for what is typed; the text itself where it is left out. */
  readonly read?: (typed: string) => Plain | undefined
} | null

export type GridRow = {
  readonly key: string
  readonly head: ReactNode
  readonly cells: readonly GridCell[]
}

/**
 * A table in which one moves and types as in a spreadsheet: arrows and Enter go on, a block that was
 * copied from Excel is pasted over the cells from the one at hand.
 */
export function Grid(of: {
  readonly name: string
  readonly columns: readonly ReactNode[]
  readonly rows: readonly GridRow[]
  /** What is wrong, by the place of the cell. */
  readonly problems: ReadonlyMap<string, string>
  readonly set: (cells: readonly { path: Path; value: Plain | undefined }[]) => void
  readonly foot?: ReactNode
}): ReactNode {
  const table = useRef<HTMLTableElement>(null)
  const toldIn = useId()
  const { rows } = of
  const goTo = (row: number, column: number) => {
    const cell = table.current?.querySelector<HTMLInputElement>(`[data-cell="${row} ${column}"]`)
    cell?.focus()
    cell?.select()
    return cell !== undefined && cell !== null
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
  const fillDown = (row: number, column: number) => {
    const above = rows[row - 1]?.cells[column]
    const own = rows[row]?.cells[column]
    if (above && own) of.set([written(own, above.text)])
  }
  const paste = (event: ClipboardEvent<HTMLInputElement>, row: number, column: number) => {
    const text = event.clipboardData.getData('text/plain').replace(/\r?\n$/, '')
    if (!/[\t\n]/.test(text)) return
    event.preventDefault()
    const cells = text.split(/\r?\n/).flatMap((line, down) =>
      line.split('\t').flatMap((typed, right) => {
        const cell = rows[row + down]?.cells[column + right]
        return cell ? [written(cell, plainNumber(typed))] : []
      }),
    )
    of.set(cells)
  }
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
          {rows.map(({ cells, head, key }, row) => (
            <tr key={key}>
              <th scope="row">{head}</th>
              {cells.map((cell, column) => {
                if (!cell) {
                  // biome-ignore lint/suspicious/noArrayIndexKey: a place without a cell
                  return <td key={column} />
                }
                const path = pathText(cell.path)
                const problem = of.problems.get(path)
                return (
                  <td key={path} className={problem ? 'is-wrong' : ''} title={problem}>
                    <input
                      value={cell.text}
                      data-cell={`${row} ${column}`}
                      data-path={path}
                      aria-label={`${of.name} ${key} ${column + 1}`}
                      aria-invalid={problem !== undefined}
                      {...(problem && { 'aria-describedby': `${toldIn}${path}` })}
                      onChange={({ target }) => of.set([written(cell, target.value)])}
                      onFocus={({ target }) => target.select()}
                      onKeyDown={(event) => move(event, row, column)}
                      onPaste={(event) => paste(event, row, column)}
                    />
                    {problem && (
                      <span id={`${toldIn}${path}`} className="negative cell-problem">
                        {problem}
                      </span>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {of.foot}
    </div>
  )
}

function written(cell: NonNullable<GridCell>, typed: string) {
  return { path: cell.path, value: cell.read ? cell.read(typed) : typed }
}

/** `1,200,000` as Excel copies it is 1200000. */
function plainNumber(typed: string): string {
  const text = typed.trim()
  return /^-?\d{1,3}(,\d{3})+(\.\d+)?%?$/.test(text) ? text.replaceAll(',', '') : text
}
