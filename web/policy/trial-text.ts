import type { Trial } from '#kernel/document/trial.ts'
import type { Say } from '../ui/use-words.ts'

/** Of which group of which trial something is. */
export function trialText({ group, name, readOn, share }: Trial, say: Say): string {
  return say('trial.text', { name, share, day: readOn, group: say(`trial.group.${group}`) })
}
