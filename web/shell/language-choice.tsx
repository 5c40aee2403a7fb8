import { Button } from 'antd'
import type { ReactNode } from 'react'
import { changeLanguage, useWords } from '../ui/use-words.ts'

export function LanguageChoice(): ReactNode {
  const { change, name, other } = useOtherLanguage()
  return (
    <Button type="text" className="language-choice" lang={other} onClick={change}>
      {name}
    </Button>
  )
}

/** Each language is named in itself. */
export function useOtherLanguage() {
  const { language } = useWords()
  const other = language === 'en' ? 'zh-CN' : 'en'
  const name = other === 'en' ? 'English' : '中文'
  return { other, name, change: () => changeLanguage(other) }
}
