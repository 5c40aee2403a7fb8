import type { ReactNode } from 'react'
import { Card, Page } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import { ShipCheck } from './ship-check.tsx'

/** The question of the box by itself: for a phone, and for a bookmark. */
export function ShipCheckPage(): ReactNode {
  const { say } = useWords()
  return (
    <Page title={say('check.box')}>
      <Card>
        <ShipCheck />
      </Card>
    </Page>
  )
}
