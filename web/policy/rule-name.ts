import type { CheckRule } from '#kernel/check/check-rules.ts'
import type { Label } from '#kernel/document/label.ts'
import type { Say } from '../ui/use-words.ts'
import { ruleText } from './rules-view.tsx'

/** What a rule of the policy is called: by its own label, or by what it asks. */
export function ruleName(
  { asked, currency }: { readonly asked: unknown; readonly currency: string },
  { pick, say }: { readonly pick: (label: Label) => string; readonly say: Say },
): string {
  const rule = asked as CheckRule
  return rule.label ? pick(rule.label) : ruleText(rule, currency, say)
}
