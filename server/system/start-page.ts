import { sql } from 'kysely'
import type { Context } from '#server/platform/run-command.ts'
import { healthOf } from '#server/system/health.ts'

type Words = Readonly<
  Record<
    | 'lang'
    | 'title'
    | 'state'
    | 'steps'
    | 'reference'
    | 'parties'
    | 'invoices'
    | 'ratings'
    | 'intro',
    string
  >
> & { readonly checks: Readonly<Record<string, string>> }

const words: Readonly<Record<'zh' | 'en', Words>> = {
  zh: {
    checks: { database: '数据库', schema: '数据结构' },
    lang: 'zh-CN',
    title: '信衡 · 企业信用管理',
    state: '系统状态',
    steps: '第一步',
    reference: 'API 参考',
    parties: '往来单位',
    invoices: '发票',
    ratings: '评级',
    intro:
      '把总账导出文件交给信衡,就能看到每个客户是谁、怎样付款、信用等级及理由、额度与账期,以及谁欠了多少、欠了多久。',
  },
  en: {
    checks: {},
    lang: 'en',
    title: 'Xinheng 信衡 · Credit management',
    state: 'State of the system',
    steps: 'First steps',
    reference: 'API reference',
    parties: 'Parties',
    invoices: 'Invoices',
    ratings: 'Ratings',
    intro:
      'Bring an ordinary ledger export and see for each customer who they are, how they pay, their ' +
      'rating with its reasons, the limit and terms that follow, and who owes what since when.',
  },
}

const steps = [
  ['bin/xinheng import invoices ledger.csv', { zh: '导入发票', en: 'bring invoices' }],
  ['bin/xinheng ageing', { zh: '账龄表', en: 'who owes what since when' }],
  ['bin/xinheng rate --all', { zh: '全部评级并测算额度', en: 'rate everybody, set limits' }],
  ['bin/xinheng party show CODE', { zh: '查看信用档案', en: 'one credit file' }],
  ['bin/xinheng check CODE 10000.00', { zh: '订单能否发货', en: 'may this order ship?' }],
  ['bin/xinheng --help', { zh: '全部命令', en: 'everything else' }],
] as const

/** The page at `/` until the workbench comes: whether all is well, and what to do first. */
export async function startPage(context: Context, language: 'zh' | 'en'): Promise<string> {
  const say = words[language]
  const health = await healthOf(context.db)
  const counts = health.status === 'ok' ? await roughCounts(context) : undefined
  const checks = health.checks.map(
    (check) =>
      `<li class="${check.ok ? 'ok' : 'bad'}">${escapeHtml(say.checks[check.name] ?? check.name)}: ${escapeHtml(language === 'zh' ? check.detail.replace(/^version /, '版本 ') : check.detail)}</li>`,
  )
  const figures = counts
    ? `<dl>${Object.entries(counts)
        .map(([key, n]) => `<div><dt>${say[key as keyof typeof counts]}</dt><dd>${n}</dd></div>`)
        .join('')}</dl>`
    : ''
  const list = steps.map(
    ([command, label]) =>
      `<li><code>${escapeHtml(command)}</code> ${escapeHtml(label[language])}</li>`,
  )
  return `<!doctype html>
<html lang="${say.lang}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say.title}</title>
<style>
  :root { color-scheme: light dark; --line: #8884; }
  body { font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
    max-width: 46rem; margin: 3rem auto; padding: 0 1rem; }
  h1 { font-size: 1.6rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
  ul { padding-left: 1.2rem; } li { margin: .3rem 0; }
  code { border: 1px solid var(--line); border-radius: 4px; padding: .1rem .4rem; }
  dl { display: flex; gap: 1rem; flex-wrap: wrap; margin: 1rem 0; }
  dl div { border: 1px solid var(--line); border-radius: 8px; padding: .5rem 1rem; }
  dd { margin: 0; font-size: 1.4rem; font-variant-numeric: tabular-nums; }
  .ok::marker { content: "✓ "; color: #2a8; } .bad::marker { content: "✗ "; color: #c33; }
  nav a { margin-right: 1rem; }
</style>
<h1>${say.title}</h1>
<p>${say.intro}</p>
<h2>${say.state}</h2>
<ul>${checks.join('')}</ul>
${figures}
<h2>${say.steps}</h2>
<ul>${list.join('')}</ul>
<nav><a href="/api/reference">${say.reference}</a><a href="/api/openapi.json">OpenAPI</a><a href="/health">/health</a></nav>
</html>
`
}

/** Planner estimates, kept by the database itself: no table is counted for a page. */
async function roughCounts(
  context: Context,
): Promise<{ parties: string; invoices: string; ratings: string } | undefined> {
  return context.db.row(sql<{ parties: string; invoices: string; ratings: string }>`
    select
      (select n_live_tup::text from pg_stat_user_tables
        where schemaname = 'party' and relname = 'party') as parties,
      (select n_live_tup::text from pg_stat_user_tables
        where schemaname = 'receivable' and relname = 'invoice') as invoices,
      (select n_live_tup::text from pg_stat_user_tables
        where schemaname = 'scoring' and relname = 'rating') as ratings`)
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
