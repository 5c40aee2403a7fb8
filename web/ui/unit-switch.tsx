import { Segmented } from 'antd'
import type { ReactNode } from 'react'
import { unitChoice } from './appearance.ts'
import { useWords } from './use-words.ts'

/** 元 / 万元: how amounts are shown. Exports are always in whole units. */
export function UnitSwitch(): ReactNode {
  const { say } = useWords()
  const unit = unitChoice.use()
  return (
    <Segmented
      aria-label={say('ui.unit.label')}
      value={unit}
      options={[
        { value: '1', label: say('ui.unit.1') },
        { value: '10000', label: say('ui.unit.10000') },
      ]}
      onChange={(chosen) => unitChoice.choose(chosen === '10000' ? '10000' : '1')}
    />
  )
}
