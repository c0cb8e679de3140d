import { assume } from '../assumptions.ts'
import type { Answer } from '../data.ts'
import type { Assumption, Verdict } from '../operations/generated.ts'
import { verdicts, words } from '../verdicts.tsx'

/** Takes one practice to fare otherwise on the way that is shown. */
export function VerdictAssumption({ answer, list }: { answer: Answer; list: readonly Assumption[] }) {
  const about = { practice: answer.practice.key, from: answer.from.key, to: answer.to.key }
  const taken = list.find((a) => a.practice === about.practice && a.from === about.from && a.to === about.to)?.verdict
  return (
    <p>
      <label>
        What if it were{' '}
        <select
          value={taken ?? ''}
          onChange={(event) => {
            const verdict = event.target.value as Verdict | ''
            assume(list, about, verdict ? { ...about, verdict, kind: 'WORKFLOW' } : undefined)
          }}
        >
          <option value="">as it is</option>
          {verdicts
            .filter((v) => v !== 'UNKNOWN')
            .map((v) => (
              <option key={v} value={v}>
                {words[v].name}
              </option>
            ))}
        </select>
      </label>
    </p>
  )
}
