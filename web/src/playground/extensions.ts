import { store } from '../store'

/** One read of a plan: how each engine serves it. */
export interface Read {
  cypher: string
  parameters: Record<string, unknown>
  steps: string[]
  rows: number
  touched?: number
}

/** How an answer came about: the guarded plans that were run, or why they are not shown. */
export interface Explanation {
  plans?: { plan: string; params: unknown[]; reads: Read[] }[]
  refused?: string
}

/** What an answer says about itself. */
export interface Extensions {
  cost?: { used: number; max: number }
  explain?: Explanation
}

/** What is asked for beside an answer. */
export const wanted = store({ cost: false, explain: false })

/** What the last answer said about itself. */
export const told = store<Extensions>({})

/** The header that asks for what is wanted. */
export function wanting({ cost, explain } = wanted.get()): Record<string, string> {
  const words = [cost ? 'cost' : '', explain ? 'explain' : ''].filter(Boolean)
  return words.length > 0 ? { 'opsmap-extensions': words.join(', ') } : {}
}
