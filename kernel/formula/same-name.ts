import type { Label } from '#kernel/document/label.ts'

/** What a name means: that of which it is the id or a label, whatever its letters, spaces and width. */
export function namedBy<Named extends { readonly id: string; readonly label: Label }>(
  name: string,
  all: readonly Named[],
): Named | undefined {
  const wanted = bare(name)
  return all.find(({ id, label }) => [id, label.zh, label.en].some((own) => bare(own) === wanted))
}

function bare(text: string): string {
  return text.normalize('NFKC').replace(/[\s_]/g, '').toLowerCase()
}
