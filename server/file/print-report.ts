import { isRefusal, type Refusal } from '#contract/problem.ts'
import { findCompany } from '#server/company/public.ts'
import { reportContent } from '#server/file/report-content.ts'
import { reportWords as words } from '#server/file/report-words.ts'
import { showCreditFile } from '#server/file/show-credit-file.ts'
import { renderPdf } from '#server/platform/render-pdf.ts'
import { Content } from '#server/platform/route.ts'
import type { Context } from '#server/platform/run-command.ts'

/** The credit file of a day as a PDF to hand on or to file. */
export async function printReport(
  context: Context,
  partyId: string,
  of: { readonly asOf: string | undefined; readonly language: 'zh' | 'en' },
): Promise<Content | Refusal> {
  const { actor, db, today } = context
  const { language } = of
  const [file, company] = await Promise.all([
    showCreditFile(context, partyId, of.asOf),
    findCompany(db),
  ])
  if (isRefusal(file)) return file
  const { code, name } = file.identity
  const title = `${words.title[language]} ${code} ${name}`
  const printed = `${words.printed[language]} ${today}  ${words.by[language]} ${actor.name}`
  const bytes = await renderPdf({
    ...{ title, language, author: actor.name, footer: words.confidential[language] },
    header: [`${company?.name ?? ''}  ${title}`, printed],
    content: reportContent(file, language),
  })
  if (isRefusal(bytes)) return bytes
  return new Content('application/pdf', bytes, `${title} ${file.asOf}.pdf`, 'inline')
}
