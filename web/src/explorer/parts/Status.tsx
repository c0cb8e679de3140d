import { askAgain, Refused, type Asked } from '../api.ts'

/** What stands where an answer will be, or cannot be. Nothing once the answer is there. */
export function Status({ asked, what }: { asked: Asked<unknown>; what: string }) {
  if (asked.error) {
    return (
      <div className="problem" role="alert" data-code={asked.error instanceof Refused ? asked.error.code : undefined}>
        <p>
          No answer about {what}: {asked.error.message}
        </p>
        <button type="button" onClick={askAgain}>
          Ask again
        </button>
      </div>
    )
  }
  if (asked.loading && asked.data === undefined) {
    return (
      <p className="waiting" role="status">
        Asking about {what}…
      </p>
    )
  }
  return null
}
