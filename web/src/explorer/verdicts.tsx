import type { Verdict } from './operations/generated.ts'

/** The verdicts from best to worst, and what nobody has said. */
export const verdicts: readonly Verdict[] = [
  'NOT_NEEDED',
  'PROVIDER_OPERATED',
  'UNCHANGED',
  'ADAPT',
  'REWORK',
  'BLOCKED',
  'UNKNOWN',
]

export const words: Record<Verdict, { name: string; means: string }> = {
  NOT_NEEDED: { name: 'not needed', means: 'the problem does not exist there' },
  PROVIDER_OPERATED: { name: 'done for you', means: 'the operator of the target does it' },
  UNCHANGED: { name: 'unchanged', means: 'as before' },
  ADAPT: { name: 'adapt', means: 'small changes' },
  REWORK: { name: 'rework', means: 'done anew' },
  BLOCKED: { name: 'blocked', means: 'cannot be done there' },
  UNKNOWN: { name: 'unknown', means: 'nobody has said; you may know' },
}

/** The shape of a verdict: it can be told from the others without its colour. */
const shapes: Record<Verdict, React.ReactNode> = {
  NOT_NEEDED: <path d="M3 8h10" strokeWidth="2.5" />,
  PROVIDER_OPERATED: <path d="M8 2.5 13.5 8 8 13.5 2.5 8Z" fill="currentColor" />,
  UNCHANGED: <circle cx="8" cy="8" r="5" fill="currentColor" />,
  ADAPT: (
    <>
      <circle cx="8" cy="8" r="5" strokeWidth="1.8" />
      <path d="M8 3a5 5 0 0 1 0 10Z" fill="currentColor" stroke="none" />
    </>
  ),
  REWORK: <path d="M8 2.8 14 13.2H2Z" strokeWidth="1.8" />,
  BLOCKED: <path d="M3.5 3.5 12.5 12.5M12.5 3.5 3.5 12.5" strokeWidth="3" />,
  UNKNOWN: <path d="M8 4.5v7M4.5 8h7" strokeWidth="1.6" />,
}

export function VerdictShape({ verdict }: { verdict: Verdict }) {
  return (
    <svg
      className="shape"
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      aria-hidden="true"
    >
      {shapes[verdict]}
    </svg>
  )
}

export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  return (
    <span className={`badge ${verdict}`}>
      <VerdictShape verdict={verdict} />
      {words[verdict].name}
    </span>
  )
}

export function Legend() {
  return (
    <ul className="legend" aria-label="What the signs mean">
      {verdicts.map((v) => (
        <li key={v}>
          <VerdictBadge verdict={v} /> <span className="soft">{words[v].means}</span>
        </li>
      ))}
    </ul>
  )
}
