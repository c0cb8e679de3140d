import { useEffect, useState } from 'react'

/** The time of the server, anew each second. */
function useNow(clockAhead: number): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now())
    }, 1000)
    return () => {
      clearInterval(timer)
    }
  }, [])
  return now + clockAhead
}

const clock = (milliseconds: number) => {
  const seconds = Math.floor(milliseconds / 1000)
  return `${Math.floor(seconds / 60).toString()}:${(seconds % 60).toString().padStart(2, '0')}`
}

interface Props {
  startedAt: string
  /** The timebox; without one the time is counted up. */
  minutes: number | null | undefined
  /** How far the clock of the server is ahead, in milliseconds. */
  clockAhead: number
}

/** How much is left of a timebox, and that it is over. */
export function Timer({ startedAt, minutes, clockAhead }: Props) {
  const gone = Math.max(0, useNow(clockAhead) - Date.parse(startedAt))
  if (!minutes) {
    return (
      <p className="timer">
        <span role="timer">{clock(gone)}</span> so far
      </p>
    )
  }
  const left = minutes * 60_000 - gone
  return (
    <div className="timer" data-over={left <= 0}>
      <p>
        <span role="timer">{left > 0 ? clock(left + 999) : `+${clock(-left)}`}</span>{' '}
        {left > 0 ? `left of ${minutes.toString()} min` : 'over'}
      </p>
      <progress max={minutes * 60_000} value={Math.min(gone, minutes * 60_000)} aria-label="Time gone" />
      <p className="time-is-up" role="status">
        {left <= 0 ? 'The time is up: go on, or take the next topic?' : ''}
      </p>
    </div>
  )
}
