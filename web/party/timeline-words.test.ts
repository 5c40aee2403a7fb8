import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { timelineTopics } from '#contract/timeline.ts'
import { timelineWords } from './timeline-words.ts'

const server = join(import.meta.dirname, '../../server')

test('every kind of event and every topic of the timeline has its words', () => {
  const acts = readFileSync(join(server, 'file/timeline-acts.ts'), 'utf8')
  const sources = globSync('*/{events,file-events}.ts', { cwd: server })
  const events = sources.map((path) => readFileSync(join(server, path), 'utf8')).join('\n')
  const kinds = [
    ...[...acts.matchAll(/^ {2}'([a-z-]+\.[a-z-]+)': \[/gm)].map(([, kind]) => kind),
    ...[...events.matchAll(/'([a-z-]+\.[a-z-]+)'/g)].map(([, kind]) => kind),
  ]
  assert.ok(kinds.length > 55, `${kinds.length} kinds`)
  assert.deepEqual(
    kinds.filter((kind) => !Object.hasOwn(timelineWords, `event.${kind}`)),
    [],
  )
  const topics = timelineTopics.filter((topic) => !(`event.topic.${topic}` in timelineWords))
  assert.deepEqual(topics, [])
})
