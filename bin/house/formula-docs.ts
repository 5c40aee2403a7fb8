import { allFunctions } from '#kernel/formula/all-functions.ts'
import { formulaLimits } from '#kernel/formula/parse-formula.ts'
import { windowMeasures } from '#kernel/indicator/window-indicators.ts'

/** The page of the formula language, its functions from their registry. */
export function formulaDocs(): string {
  return `${definitions}
${writing()}
${meaning}
## Windows 期间汇总

\`近12月(销售额)\`, \`LAST12M(sales)\`: what the ledger has of the time before, added up; any number of
months up to 60, or days up to 1830 (\`近90天(…)\`, \`LAST90D(…)\`). The day itself counts, the one that
lies so long before does not. Amounts are in the currency of the customer at the rate of their own day;
without a rate the sum is missing. It is read from the ledger when a customer is rated, and kept with
the rating.

${measureTable()}

\`今天()\`, \`TODAY()\` is the day as of which one asks: today, or the day of a rating that is made again.

## Functions 函数

Each has a Chinese and an English name for the same thing.

${functionTable()}
`
}

const definitions = `# Formulas 公式

Written from the registry of functions itself; a test proves that it agrees, and that every example
is a formula.

Formulas define indicators of your own (指标公式, a policy of the kind \`indicators\`). Scorecards, limit
policies and their explanations then name them like any other. Try one at \`/formulas\` in the
workbench: names are completed by Chinese, English or the initials of their pinyin, a mistake is
underlined where it stands, and the values of your own customers stand beside it.

\`\`\`yaml
id: own
label: { zh: 自定指标, en: Own indicators }
currency: CNY                 # of amounts written without one
definitions:
  - id: overdue_class         # stays; formulas are kept with ids, so labels may change
    label: { zh: 逾期分级, en: Overdue class }
    meaning: { zh: 按最长逾期天数分级, en: By the worst days overdue }
    unit: text                # days months percent ratio count money yes-no text
    formula: 如果(近12月最长逾期天数 > 60, "拖欠", "正常")
  - id: sales_cover
    label: { zh: 余额对月销售, en: Balance to monthly sales }
    meaning: { zh: 应收余额是月均销售额的几倍, en: How many months of sales are open }
    unit: ratio
    decimals: 1               # places that are kept, 0 to 4; 2 where left out
    formula: 应收余额 / 近12月月均销售额
\`\`\`

\`xinheng policy publish indicators own.yaml\` checks and publishes it. Definitions may use each other in
any order, not in a circle. What a published scorecard or limit policy names cannot be taken away.
A rating keeps the version of the formulas and the values that it was made from, so it can be made
again to the same bytes; beside its points it tells why: \`因为 近12月最长逾期天数 75 天 > 60, 所以: 拖欠\`.
`

function writing(): string {
  const { deepest, longest, mostNodes } = formulaLimits
  return `## How to write

| | |
|---|---|
| names | An indicator by its label in either language or by its id. Square brackets where a name has spaces or signs: \`[Sales, 12 months]\` |
| texts | \`"拖欠"\`, with any of the quotes \`" ' “ ” ‘ ’ 「 」\` |
| figures | \`12.5\`, \`1_000\`; up to 10 places, exact, never a binary fraction |
| percentages | \`12.5%\`, \`3‰\` |
| days | \`30天\` |
| amounts | \`100元\`, \`50万\`, \`1.2亿\`, \`300 USD\` |
| a day | \`日期("2026-11-23")\`, \`DATE("2026-11-23")\` |
| yes and no | \`是\` \`YES\` \`TRUE\`, \`否\` \`NO\` \`FALSE\` |
| signs, loosest first | \`或 OR\`; \`且 AND\`; \`= <> < <= > >=\`; \`+ -\`; \`* /\`; \`非 NOT\` and a minus before a value; brackets |

Full-width signs and digits count as their plain forms, and capital letters as small ones. A formula
has at most ${grouped(longest)} characters, ${deepest} brackets inside each other and ${grouped(mostNodes)} parts.
`
}

const meaning = `## Units 单位

| unit | may be added to and compared with | times, divided by |
|---|---|---|
| number 数字: months, ratios, counts | numbers; days and amounts, whose unit it takes | anything |
| percent 百分比 | percentages only: write \`12%\`, not \`0.12\` | a share of anything is of its unit |
| days 天数 | days, numbers | days × amount is an amount |
| amount 金额 | amounts of the same currency, numbers | amount ÷ amount is a number; 占比 gives a percentage |
| day 日期 | days are compared; day − day is days, day ± days is a day | |
| text 文字 | equal or not | |
| yes-no 是否 | equal or not, 且, 或, 非 | |

\`逾期天数 > 100万\` is a mistake, and is told as one. Results are rounded half away from zero to the places
of the indicator. Amounts of a customer in another currency are turned into that of the formulas at the
rate of the day, and the result back; without a rate they are missing.

## Missing values 缺失

What is not known is missing, and so is what is made of it: a sum, a comparison, a division by zero, a
figure beyond 25 digits. \`缺失则(x, 0)\` puts something in its place, \`是否缺失(x)\` asks for it. \`否 且 x\` is no
and \`是 或 x\` is yes, whatever x is. A condition that is missing makes 如果 missing; it is never taken as no.
A scorecard gives the points of \`missing\` for it.
`

function measureTable(): string {
  const rows = windowMeasures.map(
    ({ id, label, meaning: told }) => `| \`${label.zh}\` \`${id}\` | ${told.zh}<br>${told.en} |`,
  )
  return ['| added up | meaning |', '|---|---|', ...rows].join('\n')
}

function functionTable(): string {
  const rows = allFunctions.flatMap(({ en, example, meaning, zh }) => {
    if (!meaning || !example) return []
    const names = [...zh, ...en].map((name) => `\`${name}\``).join(' ')
    return [
      `| ${names} | ${meaning.zh}<br>${meaning.en} | \`${example.zh}\`<br>\`${example.en}\` |`,
    ]
  })
  return ['| names | meaning | example |', '|---|---|---|', ...rows].join('\n')
}

const grouped = (figure: number) => figure.toLocaleString('en-US')
