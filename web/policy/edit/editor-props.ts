import type { Canonical } from '#kernel/decision/canonical.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import type { RatingScale } from '#kernel/scoring/rating-scale.ts'
import type { Path } from './editing.ts'

/** What every editor of a kind of policy is given. */
export type EditorProps = {
  readonly document: Canonical
  readonly indicators: readonly Indicator[]
  readonly scale: RatingScale
  readonly problems: ReadonlyMap<string, string>
  readonly set: (cells: readonly { path: Path; value: Canonical | undefined }[]) => void
}
