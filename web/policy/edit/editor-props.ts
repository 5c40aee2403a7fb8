import type { Indicator } from '#kernel/indicator/indicator.ts'
import type { RatingScale } from '#kernel/scoring/rating-scale.ts'
import type { Path, Plain } from './editing.ts'

/** What every editor of a kind of policy is given. */
export type EditorProps = {
  readonly document: Plain
  readonly indicators: readonly Indicator[]
  readonly scale: RatingScale
  readonly problems: ReadonlyMap<string, string>
  readonly set: (cells: readonly { path: Path; value: Plain | undefined }[]) => void
}
