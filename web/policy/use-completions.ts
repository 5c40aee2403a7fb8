import { useQuery } from '@tanstack/react-query'
import type { FormulaFunctions, FormulaNames } from '#contract/formula.ts'
import { get } from '../ui/api.ts'
import { useWords } from '../ui/use-words.ts'

/** Something that may be written where the caret stands. */
export type Completion = {
  readonly key: string
  readonly write: string
  readonly label: string
  readonly meaning: string
  /** Small letters, by any of which it is found. */
  readonly foundBy: readonly string[]
}

const most = 8

/** Indicators and functions by what one begins to type of them, in either language or by pinyin. */
export function useCompletions(): (typed: string) => readonly Completion[] {
  const { language, pick } = useWords()
  const names = useQuery({
    queryKey: ['/api/formulas/names'],
    queryFn: () => get<FormulaNames>('/api/formulas/names'),
  })
  const functions = useQuery({
    queryKey: ['/api/formulas/functions'],
    queryFn: () => get<FormulaFunctions>('/api/formulas/functions'),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const initials = useInitials()
  const isEnglish = language === 'en'
  const known = [
    ...(names.data?.items ?? []).map(
      ({ id, label, meaning, write }): Completion => ({
        ...{ key: id, write: pick(write), label: pick(label), meaning: pick(meaning) },
        foundBy: [label.zh, label.en, id, initials(label.zh)],
      }),
    ),
    ...(functions.data?.items ?? []).map(({ en, id, meaning, zh }): Completion => {
      const name = (isEnglish ? en[0] : zh[0]) ?? id
      return {
        ...{ key: `${id}()`, write: `${name}(`, label: `${name}()`, meaning: pick(meaning) },
        foundBy: [...zh, ...en, initials(zh[0] ?? '')],
      }
    }),
  ]
  return (typed) => bestOf(known, typed)
}

/** What begins with it first, then what has it anywhere. */
function bestOf(known: readonly Completion[], typed: string): readonly Completion[] {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return []
  const rank = ({ foundBy }: Completion) =>
    Math.min(
      ...foundBy.map((each) => {
        const at = each.toLowerCase().indexOf(wanted)
        return at < 0 ? 9 : at === 0 ? 0 : 1
      }),
    )
  return known
    .map((each) => ({ each, rank: rank(each) }))
    .filter((found) => found.rank < 9)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ each }) => each)
}

/** The first letters of how a Chinese name is spoken; the dictionary is fetched when it is needed. */
export function useInitials(): (text: string) => string {
  const dictionary = useQuery({
    queryKey: ['pinyin'],
    queryFn: async () => (await import('pinyin-pro')).pinyin,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const pinyin = dictionary.data
  return (text) =>
    pinyin ? pinyin(text, { pattern: 'first', toneType: 'none', type: 'array' }).join('') : ''
}
