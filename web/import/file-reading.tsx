import { Select } from 'antd'
import type { ReactNode } from 'react'
import {
  type ImportDetail,
  type ImportedKind,
  type ImportOptions,
  type ImportPreview,
  importKinds,
} from '#contract/import.ts'
import { Card } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import type { Describe } from './describe-file.tsx'

type Of = {
  readonly detail: ImportDetail
  readonly preview: ImportPreview
  readonly describe: Describe
}

const encodings = ['utf-8', 'gb18030', 'big5', 'utf-16le', 'windows-1252']
const currencies = ['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'GBP', 'TWD', 'KRW', 'SGD', 'AUD']
const units = ['元', '千元', '万元', '百万元', '亿元']
const unitByPower: Readonly<Record<number, string>> = {
  0: '元',
  3: '千元',
  4: '万元',
  6: '百万元',
  8: '亿元',
}

/** How the file is read, each answer found out or said otherwise here. */
export function FileReading({ describe, detail, preview }: Of): ReactNode {
  const { say } = useWords()
  const { options } = detail
  const { reading } = preview
  const tell = (
    change: { readonly [Name in keyof ImportOptions]?: ImportOptions[Name] | null },
  ) => {
    const told = Object.entries({ ...options, ...change }).filter(([, value]) => value !== null)
    describe({ options: Object.fromEntries(told) })
  }
  const unit = unitByPower[reading.unit ?? 0] ?? `10^${reading.unit}`
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
      <Choice
        label={say('import.dateOrder')}
        value={options.dateOrder ?? ''}
        choices={[
          ['', say('import.dateOrder.auto')],
          ...(['ymd', 'dmy', 'mdy'] as const).map(
            (order) => [order, say(`import.dateOrder.${order}`)] as const,
          ),
        ]}
        choose={(order) => tell({ dateOrder: (order || null) as 'dmy' | 'mdy' | 'ymd' | null })}
      />
      <Choice
        label={say('ui.currency')}
        value={options.currency ?? ''}
        choices={[
          [
            '',
            say(`import.currency.${reading.currency.why === 'company' ? 'company' : 'auto'}`, {
              code: options.currency ? '…' : reading.currency.code,
            }),
          ],
          ...currencies.map((code) => [code, code] as const),
        ]}
        choose={(currency) => tell({ currency: currency || null })}
      />
      <Choice
        label={say('import.unit')}
        value={options.unit ?? ''}
        choices={[
          ['', say('import.unit.auto', { unit: options.unit ? '…' : unit })],
          ...units.map((name) => [name, name] as const),
        ]}
        choose={(chosen) => tell({ unit: chosen || null })}
      />
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
          choose={(encoding) => tell({ encoding: encoding || null })}
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
