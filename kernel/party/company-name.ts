import { splitRegion } from '#kernel/party/company-region.ts'
import {
  type FormSplit,
  type LegalForm,
  latinFormEnd,
  splitChineseForm,
  splitFormNote,
  splitLatinForm,
} from '#kernel/party/legal-form.ts'
import { toSimplified } from '#kernel/party/simplified-chinese.ts'

/** A company name taken apart. All but `display` are folded: lower case, simplified, bare. */
export type CompanyName = {
  /** As written, with white space put in order. */
  readonly display: string
  /** For equality search: without legal form, brackets, punctuation and white space. */
  readonly key: string
  /** The key without region and branch: what the firm calls itself and its trade (字号, 行业). */
  readonly core: string
  readonly region: string | null
  readonly legalForm: LegalForm | null
  /** The part after the parent's name: 上海分公司. A branch is never its parent. */
  readonly branch: string | null
}

/** Takes a Chinese or foreign company name apart. Names of persons and nonsense pass through. */
export function parseCompanyName(name: string): CompanyName {
  const display = name.replace(/[\s\p{Cf}]+/gu, ' ').trim()
  const folded = toSimplified(display.normalize('NFKC').toLowerCase()).replace(
    /\(株\)/g,
    '株式会社',
  )
  return /\p{Script=Han}/u.test(folded)
    ? parseChinese(display, folded)
    : parseLatin(display, folded)
}

/** The key of a name: two names of one key are the same but for their spelling and legal form. */
export function nameKey(name: string): string {
  return parseCompanyName(name).key
}

function parseChinese(display: string, folded: string): CompanyName {
  const tidy = folded.replace(/[【[〔〈]/g, '(').replace(/[】\]〕〉]/g, ')')
  const note = splitFormNote(tidy)
  const { parent, branch, tail } = splitBranch(note.rest)
  const { form, rest } = branch !== null && tail === '' ? whole(parent) : splitChineseForm(parent)
  const { region, rest: core } = splitRegion(rest)
  return {
    display,
    key: keyOr(bare(rest) + bare(tail), folded),
    core: keyOr(bare(core), folded),
    region: region === null ? null : bare(region),
    legalForm: note.form ?? form,
    branch: branch === null ? null : bare(branch),
  }
}

const fullForm = /^(?<parent>.+?(?:有限责任公司|股份有限公司|有限公司))(?<tail>.*[\p{L}\p{N}].*)$/u
const shortForm = /^(?<parent>.+?(?:(?<!分)公司|合作社|供销社))(?<tail>.*[\p{L}\p{N}].*)$/u
const branchWord = /(?:分公司|支公司|分店|分厂|分社|分行|支行|办事处)(?=\)?$)/

type BranchSplit = {
  readonly parent: string
  readonly branch: string | null
  /** The text after the parent's name; empty where the branch could not be cut off. */
  readonly tail: string
}

function splitBranch(name: string): BranchSplit {
  const full = fullForm.exec(name)?.groups
  const groups =
    full ?? (/(?:有限|有限责任|集团)公司$/.test(name) ? null : shortForm.exec(name)?.groups)
  if (groups) {
    const { parent = name, tail = '' } = groups
    return { parent, branch: tail, tail }
  }
  // 华为上海分公司 leaves the parent's legal form out, so it has no seam to cut at.
  return { parent: name, branch: branchWord.exec(name)?.[0] ?? null, tail: '' }
}

function whole(name: string): FormSplit {
  return { form: null, rest: name }
}

function parseLatin(display: string, folded: string): CompanyName {
  const words = latinWords(folded)
  const isBranch = words.at(-1) === 'branch'
  const seam = isBranch ? latinFormEnd(words) : -1
  const branch = !isBranch ? null : seam < 0 ? 'branch' : words.slice(seam).join('')
  const parent = seam < 0 ? words : words.slice(0, seam)
  const { form, rest } = isBranch && seam < 0 ? { form: null, rest: words } : splitLatinForm(parent)
  const core = rest.join('')
  const key = seam < 0 ? core : core + (branch ?? '')
  return {
    display,
    key: keyOr(key, folded),
    core: keyOr(core, folded),
    region: null,
    legalForm: form,
    branch,
  }
}

function latinWords(folded: string): string[] {
  const words = folded
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/\b(?:\p{L}\.){2,}\p{L}?/gu, (initials) => initials.replaceAll('.', ''))
    .replace(/['’]/g, '')
    .replace(/&/g, ' and ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  return words.length > 1 && words[0] === 'the' ? words.slice(1) : words
}

function bare(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '')
}

// A name of signs alone is its own key.
function keyOr(key: string, folded: string): string {
  return key === '' ? folded.replace(/\s/g, '') : key
}
