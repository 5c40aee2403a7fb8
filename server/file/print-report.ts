import { isRefusal, type Refusal } from '#contract/problem.ts'
import { showCreditFile } from '#server/file/show-credit-file.ts'
import { Content } from '#server/platform/route.ts'
import type { Context } from '#server/platform/run-command.ts'

export async function printReport(
  context: Context,
  partyId: string,
  of: { readonly asOf: string | undefined; readonly language: 'zh' | 'en' },
): Promise<Content | Refusal> {
  const file = await showCreditFile(context, partyId, of.asOf)
  if (isRefusal(file)) return file
  return new Content('application/pdf', '', 'x.pdf')
}
