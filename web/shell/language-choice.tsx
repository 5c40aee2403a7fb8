import { Button } from 'antd'
import type { ReactNode } from 'react'
import { changeLanguage, useWords } from '../ui/use-words.ts'

/** Each language is named in itself. */
export function LanguageChoice(): ReactNode {
  const { language } = useWords()
  const other = language === 'en' ? 'zh-CN' : 'en'
  return (
    <Button type="text" lang={other} onClick={() => changeLanguage(other)}>
      {other === 'en' ? 'English' : '中文'}
    </Button>
  )
}
