import { Select } from 'antd'
import type { ReactNode } from 'react'
import {
  type ImportedKind,
  type ImportOptions,
  type ImportReading,
  importKinds,
} from '#contract/import.ts'
import { commonCurrencies } from '../ui/common-currencies.ts'
import { Card } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import type { Describing } from './describing.ts'

const encodings = ['utf-8', 'gb18030', 'big5', 'utf-16le', 'windows-1252']
const currencies = [...commonCurrencies, 'TWD', 'KRW', 'SGD', 'AUD']
const units = ['0', '3', '4', '6', '8'] as const

/** How the file is read, each answer found out or said otherwise here. */
export function FileReading({ describe, detail, preview }: Describing): ReactNode {
  const { say } = useWords()
  const { options } = detail
  const { reading } = preview
  const tell = (change: Change) => {
    const told = Object.entries({ ...options, ...change }).filter(([, value]) => value !== '')
    describe({ options: Object.fromEntries(told) })
  }
  return (
    <Card className="file-reading">
      <Choice
        label={say('import.kind')}
        value={detail.kind}
        choices={importKinds.map((kind) => [kind, say(`import.kind.${kind}`)])}
        // Fields of another kind are none of this one.
        choose={(kind) => {
          const { ignore: _ignore, map: _map, ...others } = options
          describe({ kind: kind as ImportedKind, options: others })
        }}
      />
      {preview.sheets.length > 1 && (
        <Choice
          label={say('import.sheet')}
          value={reading.sheet ?? ''}
          choices={preview.sheets.map((name) => [name, name])}
          choose={(sheet) => tell({ sheet })}
        />
      )}
      <CellChoices {...{ options, reading, tell }} />
      {reading.format === 'csv' && (
        <Choice
          label={say('import.encoding')}
          value={options.encoding ?? ''}
          choices={[
            [
              '',
              say('import.encoding.auto', {
                code: options.encoding ? '…' : (reading.encoding ?? '').toUpperCase(),
              }),
            ],
            ...encodings.map((code) => [code, code.toUpperCase()] as const),
          ]}
          choose={(encoding) => tell({ encoding })}
        />
      )}
      <div className="reading-choice">
        <span className="quiet">{say('import.headerRow')}</span>
        <span>
          {reading.headerRow === null
            ? say('import.headerRow.none')
            : say('import.headerRow.at', { row: reading.headerRow })}
        </span>
      </div>
    </Card>
  )
}

/** Empty for what the file itself says. */
type Change = { readonly [Name in keyof ImportOptions]?: string }

/** What dates and amounts mean. */
function CellChoices(of: {
  readonly options: ImportOptions
  readonly reading: ImportReading
  readonly tell: (change: Change) => void
}): ReactNode {
  const { say } = useWords()
  const { options, reading, tell } = of
  const unit = units.find((power) => Number(power) === (reading.unit ?? 0)) ?? '0'
  const currencyText = `import.currency.${reading.currency.why === 'company' ? 'company' : 'auto'}`
  return (
    <>
      <Choice
        label={say('import.dateOrder')}
        value={options.dateOrder ?? ''}
        choices={[
          ['', say('import.dateOrder.auto')],
          ...(['ymd', 'dmy', 'mdy'] as const).map(
            (order) => [order, say(`import.dateOrder.${order}`)] as const,
          ),
        ]}
        choose={(dateOrder) => tell({ dateOrder })}
      />
      <Choice
        label={say('ui.currency')}
        value={options.currency ?? ''}
        choices={[
          [
            '',
            say(currencyText as 'import.currency.auto', {
              code: options.currency ? '…' : reading.currency.code,
            }),
          ],
          ...currencies.map((code) => [code, code] as const),
        ]}
        choose={(currency) => tell({ currency })}
      />
      <Choice
        label={say('import.unit')}
        value={options.unit ?? ''}
        choices={[
          ['', say('import.unit.auto', { unit: options.unit ? '…' : say(`import.unit.${unit}`) })],
          ...units.map((power) => [power, say(`import.unit.${power}`)] as const),
        ]}
        choose={(chosen) => tell({ unit: chosen })}
      />
    </>
  )
}

function Choice(of: {
  readonly label: string
  readonly value: string
  readonly choices: readonly (readonly [value: string, label: string])[]
  readonly choose: (value: string) => void
}): ReactNode {
  return (
    <div className="reading-choice">
      <span className="quiet" aria-hidden>
        {of.label}
      </span>
      <Select
        aria-label={of.label}
        value={of.value}
        popupMatchSelectWidth={false}
        onChange={of.choose}
        options={of.choices.map(([value, label]) => ({ value, label }))}
      />
    </div>
  )
}
