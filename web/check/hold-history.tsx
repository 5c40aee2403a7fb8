import type { ReactNode } from 'react'
import type { HoldFile } from '#contract/hold.ts'
import { amountText } from '../ui/amount-text.ts'
import { Timeline, type TimelineItem } from '../ui/timeline.tsx'
import { type Say, useWords } from '../ui/use-words.ts'
import { useRoleName } from '../user/use-role-name.ts'

/** All that happened to a held document, newest first. */
export function HoldHistory({ file }: { file: HoldFile }): ReactNode {
  const { say } = useWords()
  const roleName = useRoleName()
  const items = [
    ...file.holds.flatMap((hold) => eventsOf(hold, say)),
    ...file.decisions.map((decision) => checked(decision, say)),
    ...file.releases.map((release) => released(release, say, roleName)),
    ...file.releases.flatMap((release) => recalled(release, say)),
  ]
  const newestFirst = items.sort((one, other) => (one.at < other.at ? 1 : -1))
  return <Timeline items={newestFirst} />
}

type Hold = HoldFile['holds'][number]

function eventsOf(hold: Hold, say: Say): TimelineItem[] {
  const { closeReason, closedAt, closedBy, id, openedAt, state } = hold
  const opened: TimelineItem = {
    ...{ id: `${id} opened`, at: openedAt, by: hold.requestedBy, tone: 'bad' },
    title: say('hold.event.opened'),
  }
  if (closedAt === null || state === 'released') return [opened, ...talkOf(hold, say)]
  const ended: TimelineItem = {
    ...{ id: `${id} ended`, at: closedAt, by: closedBy, text: closeReason },
    title: say('hold.event.ended', { state: say(`hold.state.${state}`) }),
    tone: state === 'rejected' ? 'bad' : 'plain',
  }
  return [opened, ...talkOf(hold, say), ended]
}

function talkOf(hold: Hold, say: Say): TimelineItem[] {
  const { answer, answeredAt, answeredBy, askedAt, askedBy, id, question } = hold
  const asked: TimelineItem[] = askedAt
    ? [
        {
          id: `${id} asked`,
          at: askedAt,
          by: askedBy,
          title: say('hold.event.question'),
          text: question,
        },
      ]
    : []
  const answered: TimelineItem[] = answeredAt
    ? [
        {
          id: `${id} answered`,
          at: answeredAt,
          by: answeredBy,
          title: say('hold.event.answer'),
          text: answer,
        },
      ]
    : []
  return [...asked, ...answered]
}

function checked(decision: HoldFile['decisions'][number], say: Say): TimelineItem {
  const { amount, checkpoint, currency, id, mode, outcome, recordedAt } = decision
  return {
    ...{ id, at: recordedAt, text: `${amountText(amount)} ${currency}` },
    title: say(mode === 'reserve' ? 'hold.event.check' : 'hold.event.try', {
      checkpoint: say(`hold.checkpoint.${checkpoint}`),
      outcome: say(`hold.outcome.${outcome}`),
    }),
    tone: outcome === 'held' ? 'bad' : 'good',
  }
}

function released(
  release: HoldFile['releases'][number],
  say: Say,
  roleName: (role: string) => string,
): TimelineItem {
  const { cause, currency, id, reason, recordedAt, releasedBy, untilOn, upTo } = release
  const amount = `${amountText(upTo)} ${currency}`
  const until = untilOn === null ? say('hold.once') : say('hold.event.until', { day: untilOn })
  return {
    ...{ id, at: recordedAt, tone: 'good', by: cause === 'room' ? null : roleName(releasedBy) },
    title: say(cause === 'room' ? 'hold.event.room' : 'hold.event.released', { amount }),
    text: cause === 'room' ? undefined : `${reason} · ${until}`,
  }
}

function recalled(
  { id, recallReason, recalledAt, recalledBy }: HoldFile['releases'][number],
  say: Say,
): TimelineItem[] {
  if (recalledAt === null) return []
  const told = { at: recalledAt, by: recalledBy, text: recallReason, tone: 'bad' } as const
  return [{ ...told, id: `${id} recalled`, title: say('hold.event.recalled') }]
}
