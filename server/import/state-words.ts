import type { ImportState } from '#contract/import.ts'

export const wordsOfState: Readonly<Record<ImportState, string>> = {
  uploaded: '待检查',
  checked: '已检查',
  applied: '已导入',
  undone: '已撤销',
  abandoned: '已放弃',
}
