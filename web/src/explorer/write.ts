import { useState } from 'react'
import { useAsker } from '../viewer/viewer.ts'
import { ask, useAsked } from './api.ts'
import { ViewerDocument } from './operations/generated.ts'

/** Whether who asks may write: with a token of a contributor, and not while looking as somebody else. */
export function useMayWrite(): boolean {
  const { token, as } = useAsker()
  const asked = useAsked(token && !as ? 'viewer' : undefined, (signal) => ask(ViewerDocument, {}, signal))
  return token !== '' && as === '' && asked.data !== undefined && asked.data.viewer.role !== 'READER'
}

/** A write that somebody sets off: whether it is under way, and what was in its way. */
export function useWrite(): { busy: boolean; problem: string; write: (action: () => Promise<void>) => void } {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const write = (action: () => Promise<void>) => {
    setBusy(true)
    setProblem('')
    action()
      .catch((error: unknown) => {
        setProblem(error instanceof Error ? error.message : String(error))
      })
      .finally(() => {
        setBusy(false)
      })
  }
  return { busy, problem, write }
}
