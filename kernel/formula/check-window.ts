import type { Label } from '#kernel/document/label.ts'
import { nearestName } from '#kernel/document/nearest-name.ts'
import type { FormulaProblem, FormulaType, Span as Place } from '#kernel/formula/formula-type.ts'
import type { Node } from '#kernel/formula/parse-formula.ts'
import { namedBy } from '#kernel/formula/same-name.ts'
import { isSpan, spanNamed, todayId, todayTexts, windowId } from '#kernel/formula/window-name.ts'

type Call = Extract<Node, { kind: 'call' }>

/** What can be added up over a window. */
type Measure = { readonly id: string; readonly type: FormulaType; readonly label: Label }

/** A quantity by its id, as formulas read it. */
type Read = {
  readonly kind: 'name'
  readonly id: string
  readonly type: FormulaType
  readonly at: Place
}

/**
 * A call that gives a quantity of its own: `近12月(销售额)`, `今天()`. Null where the call is another one.
 */
export function checkedWindow(
  { args, at, name, nameAt }: Call,
  measures: readonly Measure[],
): Read | FormulaProblem | null {
  if (todayTexts.includes(`${name.toUpperCase()}()`)) {
    if (args.length === 0) return { kind: 'name', id: todayId, type: { kind: 'day' }, at }
    return { at, message: { zh: '今天() 不带参数', en: 'TODAY() takes no argument' } }
  }
  const span = spanNamed(name)
  if (span === null) return null
  if (!isSpan(span)) {
    const message = {
      zh: '期间最长 60 个月或 1830 天',
      en: 'A window has at most 60 months or 1830 days',
    }
    return { at: nameAt, message }
  }
  const [arg, ...more] = args
  const written = arg?.kind === 'name' && more.length === 0 ? arg.name : null
  const measure = written === null ? undefined : namedBy(written, measures)
  if (measure) return { kind: 'name', id: windowId(measure.id, span), type: measure.type, at }
  const choices = (language: 'zh' | 'en') => measures.map(({ label }) => label[language]).join('、')
  const nearest = nearestName(
    written ?? '',
    measures.flatMap(({ id, label }) => [label.zh, label.en, id]),
  )
  return {
    at: arg?.at ?? at,
    message: {
      zh: `${name}(…) 里只能写其中之一: ${choices('zh')}`,
      en: `${name}(…) takes one of: ${choices('en')}`,
    },
    ...(nearest === null ? {} : { instead: nearest }),
  }
}

/** Why a measure cannot stand alone: it is a sum over something. */
export function measureAlone(
  { at, name }: Extract<Node, { kind: 'name' }>,
  measures: readonly Measure[],
): FormulaProblem | null {
  if (!namedBy(name, measures)) return null
  const message = {
    zh: `“${name}”要写明期间, 例如 近12月(${name})`,
    en: `Say over which time "${name}" is meant, such as LAST12M(${name})`,
  }
  return { at, message, instead: `${/^[\x20-\x7e]+$/.test(name) ? 'LAST12M' : '近12月'}(${name})` }
}
