import { Button, Select } from 'antd'
import type { ReactNode } from 'react'
import type { Canonical } from '#kernel/decision/canonical.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { useWords } from '../../ui/use-words.ts'
import { BinShare, WithBins } from './bin-shares.tsx'
import { boundCell } from './bound-cell.ts'
import { listAt, type Path, textAt, valueAt } from './editing.ts'
import type { EditorProps } from './editor-props.ts'
import { GradeRulesEditor } from './grade-rules-editor.tsx'
import { Grid, type GridRow } from './grid.tsx'
import { IndicatorChoice } from './indicator-choice.tsx'

/** The questions of a scorecard: each with its bins, curve or choices and the points they give. */
export function ScorecardEditor(of: EditorProps): ReactNode {
  const { say } = useWords()
  const { document, indicators, set } = of
  const characteristics = listAt(document, ['characteristics'])
  const most = characteristics.map((_, at) => maximumOf(document, at))
  const all = most.reduce((sum, points) => sum + points, 0)
  const add = (indicator: Indicator) => {
    const path = ['characteristics', characteristics.length]
    const value = newCharacteristic(indicator, textAt(document, ['dimensions', 0, 'id']))
    set([{ path, value }])
  }
  return (
    <WithBins document={document} isSound={of.problems.size === 0}>
      {characteristics.map((_, at) => (
        <Characteristic
          // biome-ignore lint/suspicious/noArrayIndexKey: a question is known by its place
          key={at}
          {...of}
          at={at}
          points={most[at] ?? 0}
          share={all === 0 ? 0 : Math.round((100 * (most[at] ?? 0)) / all)}
        />
      ))}
      <IndicatorChoice label={say('edit.card.add')} indicators={indicators} choose={add} />
      <GradeRulesEditor {...of} />
    </WithBins>
  )
}

function Characteristic(
  of: EditorProps & { readonly at: number; readonly points: number; readonly share: number },
): ReactNode {
  const { language, pick, say } = useWords()
  const { at, document, indicators, points, set, share } = of
  const characteristics = listAt(document, ['characteristics'])
  const id = textAt(characteristics[at], ['indicator'])
  const label = indicators.find((indicator) => indicator.id === id)?.label
  const name = label ? pick(label) : id
  const dimensions = listAt(document, ['dimensions']).map((each) => ({
    value: textAt(each, ['id']),
    label: textAt(each, ['label', language === 'en' ? 'en' : 'zh']),
  }))
  const move = (by: number) => {
    const list = [...characteristics]
    const [taken] = list.splice(at, 1)
    if (taken !== undefined) list.splice(at + by, 0, taken)
    set([{ path: ['characteristics'], value: list }])
  }
  const isLast = at === characteristics.length - 1
  return (
    <section className="card characteristic">
      <header className="card-head">
        <h3>{name}</h3>
        <span className="quiet">{say('edit.card.weight', { points, share: `${share}%` })}</span>
        <Select
          aria-label={say('edit.card.dimension')}
          value={textAt(characteristics[at], ['dimension'])}
          onChange={(value: string) => set([{ path: ['characteristics', at, 'dimension'], value }])}
          options={dimensions}
        />
        <span className="acts">
          <ActButton size="small" reason={at === 0 && say('edit.nothing')} onClick={() => move(-1)}>
            {say('edit.card.up')}
          </ActButton>
          <ActButton size="small" reason={isLast && say('edit.nothing')} onClick={() => move(1)}>
            {say('edit.card.down')}
          </ActButton>
          <Button
            size="small"
            onClick={() => set([{ path: ['characteristics', at], value: undefined }])}
          >
            {say('edit.card.remove')}
          </Button>
        </span>
      </header>
      <Parts {...of} name={name} />
    </section>
  )
}

/** Bins, a curve or choices as a table; the last row is what an unknown value gives. */
function Parts(of: EditorProps & { readonly at: number; readonly name: string }): ReactNode {
  const { say } = useWords()
  const { at, document, set } = of
  const base: Path = ['characteristics', at]
  const part = (['bins', 'curve', 'choices'] as const).find((key) =>
    Array.isArray(valueAt(document, [...base, key])),
  )
  const path: Path = [...base, part ?? 'bins']
  const entries = listAt(document, path)
  const isBins = (part ?? 'bins') === 'bins'
  const asked = textAt(document, [...base, 'id']) || textAt(document, [...base, 'indicator'])
  const points = (index: number) => {
    const place = [...path, index, 'points']
    return { path: place, text: textAt(document, place) }
  }
  const named = (index: number, key: string) => {
    const place = [...path, index, key]
    return { path: place, text: textAt(document, place) }
  }
  const rows: GridRow[] = entries.map((entry, index) => ({
    key: String(index + 1),
    head: partHead(say('edit.bin.name', { number: index + 1 }), asked, index),
    cells: isBins
      ? [
          boundCell(entry, [...path, index], 'lower'),
          boundCell(entry, [...path, index], 'upper'),
          points(index),
        ]
      : [named(index, part === 'curve' ? 'at' : 'is'), null, points(index)],
  }))
  const missing: Path = [...base, 'missing']
  rows.push({
    key: 'missing',
    head: partHead(say('edit.card.missing'), asked, undefined),
    cells: [null, null, { path: missing, text: textAt(document, missing) }],
  })
  const first = isBins ? 'edit.bin.from' : part === 'curve' ? 'edit.bin.at' : 'edit.bin.is'
  return (
    <Grid
      name={of.name}
      columns={['', say(first), isBins ? say('edit.bin.to') : '', say('edit.bin.points')]}
      rows={rows}
      problems={of.problems}
      set={set}
      foot={
        <span className="acts">
          <Button
            size="small"
            onClick={() => set([{ path, value: [...entries, newPart(part ?? 'bins', entries)] }])}
          >
            {say('edit.bin.add')}
          </Button>
          <ActButton
            size="small"
            reason={entries.length < 2 && say('edit.nothing')}
            onClick={() => set([{ path, value: withoutLast(part ?? 'bins', entries) }])}
          >
            {say('edit.bin.remove')}
          </ActButton>
        </span>
      }
    />
  )
}

function partHead(name: string, characteristic: string, at: number | undefined): ReactNode {
  return (
    <>
      {name}
      <BinShare characteristic={characteristic} at={at} />
    </>
  )
}

/** A new last bin begins where the one before is made to end. */
function newPart(part: string, entries: readonly Canonical[]): Canonical {
  if (part === 'bins') return { from: '', points: '0' }
  if (part === 'curve') return { at: textAt(entries.at(-1), ['at']), points: '0' }
  return { is: '', points: '0' }
}

function withoutLast(part: string, entries: readonly Canonical[]): Canonical[] {
  const rest = entries.slice(0, -1)
  const last = rest.at(-1)
  if (part !== 'bins' || last === undefined || last === null || typeof last !== 'object')
    return rest
  // The outer bins are open.
  const { below: _, upTo: __, ...open } = last as Readonly<Record<string, Canonical>>
  return [...rest.slice(0, -1), open]
}

function maximumOf(document: Canonical, at: number): number {
  const base: Path = ['characteristics', at]
  const parts = (['bins', 'curve', 'choices'] as const).flatMap((key) =>
    listAt(document, [...base, key]),
  )
  return parts.reduce<number>(
    (most, part) => Math.max(most, Number(textAt(part, ['points'])) || 0),
    0,
  )
}

/** A beginning that can be saved: what is not known gives nothing, and neither does anything else. */
function newCharacteristic({ id, unit }: Indicator, dimension: string): Canonical {
  const asked = { indicator: id, dimension, missing: '0' }
  if (unit === 'yes-no') {
    return {
      ...asked,
      choices: [
        { is: 'yes', points: '10' },
        { is: 'no', points: '0' },
      ],
    }
  }
  if (unit === 'text') return { ...asked, choices: [{ is: 'otherwise', points: '10' }] }
  const zero = unit === 'percent' ? '0%' : '0'
  return { ...asked, bins: [{ upTo: zero, points: '10' }, { points: '0' }] }
}
