import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import { type WordKey, words } from '../words.ts'

export type Language = 'zh-CN' | 'en'
export type Say = (key: WordKey, facts?: Readonly<Record<string, string | number>>) => string

const kept = 'xinheng.language'

export function startWords(): void {
  const texts = (place: 0 | 1) =>
    Object.fromEntries(Object.entries(words).map(([key, pair]) => [key, pair[place]]))
  i18next.use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: 'zh-CN',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: { 'zh-CN': { translation: texts(0) }, en: { translation: texts(1) } },
  })
  document.documentElement.lang = currentLanguage()
}

/** The words of the pages in the person's language, and a sentence of the server in it. */
export function useWords(): {
  readonly say: Say
  readonly language: Language
  /** The word for what the server names, where there is one. */
  readonly known: (key: string, facts?: Parameters<Say>[1]) => string | undefined
  readonly pick: (sentence: { readonly zh: string; readonly en: string }) => string
} {
  const { t } = useTranslation()
  const language = currentLanguage()
  return {
    language,
    say: (key, facts) => t(key, facts ?? {}),
    known: (key, facts) => (Object.hasOwn(words, key) ? t(key, facts ?? {}) : undefined),
    pick: ({ zh, en }) => (language === 'en' ? en : zh),
  }
}

export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'zh-CN'
}

export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(kept, language)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

/** One's own choice, else what the browser asks for; Chinese where it asks for neither. */
function firstLanguage(): Language {
  const chosen = localStorage.getItem(kept)
  if (chosen === 'en' || chosen === 'zh-CN') return chosen
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh-CN'
}
