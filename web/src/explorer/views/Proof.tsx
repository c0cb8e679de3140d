import type { Answer } from '../data.ts'
import type { Assumption } from '../operations/generated.ts'
import { Confirm } from '../parts/Confirm.tsx'
import { Level } from '../parts/Level.tsx'
import { NoteForm } from '../parts/NoteForm.tsx'
import { Sources } from '../parts/Sources.tsx'
import { usePanel } from '../parts/usePanel.ts'
import { VerdictAssumption } from '../parts/VerdictAssumption.tsx'
import { VerdictBadge, words } from '../verdicts.tsx'
import { useStanding } from '../write.ts'

const bases: Record<Answer['basis'], string> = {
  RECORDED: 'Somebody wrote down exactly this.',
  DERIVED: 'It follows from what the platforms state.',
  INFERRED: 'It follows by way of a shared solution or another platform.',
  UNKNOWN: '',
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const kinds = { TECHNOLOGY: 'technology', PROVIDER: 'provider', WORKFLOW: 'workflow' } as const

function days(range: { min: number; max: number }): string {
  return range.min === range.max
    ? `${range.min.toString()} days`
    : `${range.min.toString()} to ${range.max.toString()} days`
}

interface Props {
  answer: Answer
  /** What is taken to be so. */
  list: readonly Assumption[]
  onClose: () => void
  /** Something was added to what the answer rests on. */
  onWritten: () => void
}

/** Whether one practice moves, why, and everything the answer rests on. */
export function Proof({ answer, list, onClose, onWritten }: Props) {
  const standing = useStanding()
  const heading = usePanel(answer)
  return (
    <section
      className="proof"
      aria-label="The answer and its proof"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <button type="button" className="close" onClick={onClose} aria-label="Close the proof">
        ×
      </button>
      <h2 ref={heading} tabIndex={-1}>
        {answer.practice.title}
      </h2>
      <p>
        {answer.from.name} → {answer.to.name}: <VerdictBadge verdict={answer.verdict} />{' '}
        <Level level={answer.practice.confidentiality} />
      </p>
      <p className="soft">
        {capital(words[answer.verdict].means)}. {bases[answer.basis]}
        {answer.path.length > 2 ? ` By way of ${answer.path.slice(1, -1).join(', ')}.` : ''}
        {answer.contested ? ' The newest statements contradict each other; the more pessimistic one counts.' : ''}
      </p>
      {answer.reasons.length > 0 ? (
        <>
          <h3>Why</h3>
          <ul className="reasons">
            {answer.reasons.map((r) => (
              <li key={r.kind + r.text}>
                {r.text}{' '}
                <span className="soft">
                  ({kinds[r.kind]}, alone {words[r.verdict].name})
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {answer.verdictWithoutObstacles ? (
        <p>
          If nothing were in the way: <VerdictBadge verdict={answer.verdictWithoutObstacles} />
        </p>
      ) : null}
      <VerdictAssumption answer={answer} list={list} />
      {answer.conditions.length > 0 ? (
        <>
          <h3>On condition that</h3>
          <ul>
            {answer.conditions.map((c) => (
              <li key={c}>{c}</li>
            ))}
          </ul>
        </>
      ) : null}
      <p>Effort: {answer.effortDays ? days(answer.effortDays) : 'nobody gave an estimate'}</p>
      {answer.proof.length > 0 ? (
        <>
          <h3>It rests on</h3>
          <ul className="premises">
            {answer.proof.map((p, i) => (
              <li key={i}>
                <strong>{p.kind.toLowerCase()}</strong> {p.from.name}
                {p.from.name === p.to.name ? '' : ` → ${p.to.name}`}
                {p.verdict ? `: ${words[p.verdict].name}` : ''}
                <span className="soft">
                  {p.basis ? `, ${p.basis.toLowerCase()}` : ''}
                  {p.observedOn ? `, seen ${p.observedOn}` : ''}
                  {p.unverified ? ', not verified' : ''}
                  {p.note ? `, works for ${p.note.confirmations.totalCount.toString()} more` : ''}
                </span>
                {p.note && standing ? <Confirm note={p.note.id} onWritten={onWritten} /> : null}
                <Sources sources={p.sources} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {answer.unchecked.length > 0 ? (
        <p>Nobody checked: {answer.unchecked.map((u) => `${u.key} on ${u.platform.name}`).join(', ')}</p>
      ) : null}
      {standing ? <NoteForm answer={answer} standing={standing} onWritten={onWritten} /> : null}
      <p>
        <a className="act" href={answer.contributeUrl} rel="noreferrer">
          {standing
            ? 'The form on GitHub'
            : answer.verdict === 'UNKNOWN'
              ? 'You know? Add it'
              : 'You know better? Add it'}
        </a>
      </p>
    </section>
  )
}
