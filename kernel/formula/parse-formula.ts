import type { FormulaProblem, Span } from '#kernel/formula/formula-type.ts'
import { type Mark, type Token, tokensOf } from '#kernel/formula/tokens.ts'

/** A formula as it was written, before anybody knows what its names are. */
export type Node = { readonly at: Span } & (
  | { readonly kind: 'figure'; readonly digits: string; readonly unit: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string }
  | {
      readonly kind: 'call'
      readonly name: string
      /** Of the name itself; of an operator its sign. */
      readonly nameAt: Span
      readonly args: readonly Node[]
    }
)

/** In characters, in brackets inside each other, in names, figures, signs and functions. */
export const formulaLimits = { longest: 4_000, deepest: 60, mostNodes: 1_000 }
const { deepest, longest, mostNodes } = formulaLimits

/** Operators from the loosest to the tightest; those of one line go from left to right. */
const levels: readonly (readonly Mark[])[] = [
  ['或'],
  ['且'],
  ['=', '<>', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/'],
]

/** Reads a formula. The same limits hold for everybody. */
export function parseFormula(text: string): Node | FormulaProblem {
  if (text.length > longest) {
    const message = {
      zh: `公式太长: 最多 ${longest} 个字符, 这里有 ${text.length} 个`,
      en: `The formula is too long: at most ${longest} characters, this has ${text.length}`,
    }
    return { at: [longest, text.length], message }
  }
  const tokens = tokensOf(text)
  if ('message' in tokens) return tokens
  return new Parser(tokens).formula()
}

class Parser {
  readonly #tokens: readonly Token[]
  #next = 0
  #nodes = 0
  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  formula(): Node | FormulaProblem {
    const [first] = this.#tokens
    if (first?.kind === 'end') {
      return problem(first.at, '公式是空的', 'The formula is empty')
    }
    const node = this.#level(0, 0)
    if ('message' in node) return node
    const rest = this.#peek()
    if (rest.kind === 'end') return node
    if (rest.kind === 'mark' && rest.mark === ')') {
      return problem(rest.at, '多了一个右括号', 'This bracket closes nothing')
    }
    return problem(rest.at, '这里缺少运算符或逗号', 'An operator or a comma is missing before this')
  }

  #level(level: number, depth: number): Node | FormulaProblem {
    const marks = levels[level]
    if (!marks) return this.#sign(depth)
    let left = this.#level(level + 1, depth)
    for (;;) {
      if ('message' in left) return left
      const sign = this.#peek()
      if (sign.kind !== 'mark' || !marks.includes(sign.mark)) return left
      this.#next += 1
      const right = this.#level(level + 1, depth)
      if ('message' in right) return right
      const at: Span = [left.at[0], right.at[1]]
      left = this.#made({ kind: 'call', name: sign.mark, nameAt: sign.at, args: [left, right], at })
    }
  }

  #sign(depth: number): Node | FormulaProblem {
    const sign = this.#peek()
    if (sign.kind !== 'mark' || (sign.mark !== '-' && sign.mark !== '非')) return this.#part(depth)
    if (depth >= deepest) return tooDeep(sign.at)
    // `非(x)` and `NOT(x)` are calls like any other.
    this.#next += 1
    const inner = this.#sign(depth + 1)
    if ('message' in inner) return inner
    const name = sign.mark === '-' ? '负' : '非'
    const at: Span = [sign.at[0], inner.at[1]]
    return this.#made({ kind: 'call', name, nameAt: sign.at, args: [inner], at })
  }

  #part(depth: number): Node | FormulaProblem {
    const token = this.#peek()
    this.#next += 1
    switch (token.kind) {
      case 'figure':
        return this.#made({ ...token })
      case 'text':
        return this.#made({ ...token })
      case 'name':
        return this.#isMark('(') ? this.#call(token, depth) : this.#made({ ...named(token) })
      case 'mark':
        if (token.mark === '(') return this.#bracket(token, depth)
        if (token.mark === '且' || token.mark === '或') {
          if (this.#isMark('(')) return this.#call({ text: token.mark, at: token.at }, depth)
        }
        return problem(token.at, '这里缺少一个值', 'A value is missing before this')
      case 'end':
        return problem(token.at, '公式没有写完', 'The formula is not finished')
    }
  }

  #bracket(open: Token, depth: number): Node | FormulaProblem {
    if (depth >= deepest) return tooDeep(open.at)
    const inner = this.#level(0, depth + 1)
    if ('message' in inner) return inner
    if (!this.#isMark(')')) return unclosed(open.at)
    this.#next += 1
    return inner
  }

  #call(name: { text: string; at: Span }, depth: number): Node | FormulaProblem {
    if (depth >= deepest) return tooDeep(name.at)
    const open = this.#peek()
    this.#next += 1
    const args: Node[] = []
    while (!this.#isMark(')')) {
      const arg = this.#level(0, depth + 1)
      if ('message' in arg) return arg
      args.push(arg)
      if (this.#isMark(')')) break
      if (this.#peek().kind === 'end') return unclosed(open.at)
      if (!this.#isMark(',')) {
        return problem(this.#peek().at, '这里缺少逗号', 'A comma is missing before this')
      }
      this.#next += 1
    }
    const close = this.#peek()
    this.#next += 1
    const at: Span = [name.at[0], close.at[1]]
    return this.#made({ kind: 'call', name: name.text, nameAt: name.at, args, at })
  }

  #made(node: Node): Node | FormulaProblem {
    this.#nodes += 1
    if (this.#nodes <= mostNodes) return node
    return problem(
      node.at,
      `公式太复杂: 最多 ${mostNodes} 个部分`,
      `The formula is too large: at most ${mostNodes} parts`,
    )
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', at: [0, 0] }
  }

  #isMark(mark: Mark): boolean {
    const token = this.#peek()
    return token.kind === 'mark' && token.mark === mark
  }
}

function named({ at, text }: { readonly at: Span; readonly text: string }): Node {
  return { kind: 'name', name: text, at }
}

function problem(at: Span, zh: string, en: string): FormulaProblem {
  return { at, message: { zh, en } }
}

const tooDeep = (at: Span) =>
  problem(at, `括号套得太深: 最多 ${deepest} 层`, `More than ${deepest} brackets inside each other`)

const unclosed = (at: Span) => problem(at, '这个括号没有收尾', 'This bracket is never closed')
