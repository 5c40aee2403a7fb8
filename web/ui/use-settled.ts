import { useEffect, useState } from 'react'

/** What was typed, once the person pauses. */
export function useSettled(text: string, pauseMs: number): string {
  const [settled, setSettled] = useState(text.trim())
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), pauseMs)
    return () => clearTimeout(timer)
  }, [text, pauseMs])
  return settled
}
