import type { Answer } from '../data.ts'
import type { Table } from '../download.ts'
import { AnswerDocument, type Assumption } from '../operations/generated.ts'
import { Level } from '../parts/Level.tsx'
import { NoteForm } from '../parts/NoteForm.tsx'
import { Prose } from '../parts/Prose.tsx'
import { Tools } from '../parts/Tools.tsx'
import { usePanel } from '../parts/usePanel.ts'
import { VerdictAssumption } from '../parts/VerdictAssumption.tsx'
import { assumptionText } from '../parts/WhatIf.tsx'
import { VerdictBadge, words } from '../verdicts.tsx'
import { useStanding } from '../write.ts'
import { Premises, premiseLevel, premiseText } from './Premises.tsx'

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

/** The answer as a table: what it says, what it rests on, and each source. */
function tableOf(answer: Answer): Table {
  const level = answer.practice.confidentiality.key
  return [
    ['what', 'says', 'level', 'source'],
    ['verdict', words[answer.verdict].name, level, ''],
    ...answer.reasons.map((r) => [`why (${kinds[r.kind]})`, r.text, level, '']),
    ...answer.conditions.map((c) => ['on condition that', c, level, '']),
    ['effort', answer.effortDays ? days(answer.effortDays) : 'nobody gave an estimate', level, ''],
    ...answer.proof.map((p) => [
      p.assumed ? 'what if' : 'rests on',
      premiseText(p),
      premiseLevel(p),
      p.sources.map((s) => [s.uri, s.path, s.line?.toString()].filter(Boolean).join(' ')).join('; '),
    ]),
    ...answer.unchecked.map((u) => ['nobody checked', `${u.key} on ${u.platform.name}`, level, '']),
  ]
}

/** The way to a prefilled form for what one knows, without an account here. */
function Form({ answer, words: text }: { answer: Answer; words: string }) {
  return (
    <p>
      <a className="act" href={answer.contributeUrl} rel="noreferrer">
        {text}
      </a>
    </p>
  )
}

interface Props {
  answer: Answer
  /** What is taken to be so. */
  list: readonly Assumption[]
  nameOf: (platform: string) => string
  onClose: () => void
  /** Something was added to what the answer rests on. */
  onWritten: () => void
}

/** Whether one practice moves, why, and everything the answer rests on. */
export function Proof({ answer, list, nameOf, onClose, onWritten }: Props) {
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
      {answer.verdict === 'UNKNOWN' && !standing ? <Form answer={answer} words="You know? Add it" /> : null}
      {answer.reasons.length > 0 ? (
        <>
          <h3>Why</h3>
          <ul className="reasons">
            {answer.reasons.map((r) => (
              <li key={r.kind + r.text}>
                <Prose text={r.text} />{' '}
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
              <li key={c}>
                <Prose text={c} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <p>Effort: {answer.effortDays ? days(answer.effortDays) : 'nobody gave an estimate'}</p>
      <Premises premises={answer.proof} onConfirmed={standing ? onWritten : undefined} />
      {answer.unchecked.length > 0 ? (
        <p>Nobody checked: {answer.unchecked.map((u) => `${u.key} on ${u.platform.name}`).join(', ')}</p>
      ) : null}
      {standing ? <NoteForm answer={answer} standing={standing} onWritten={onWritten} /> : null}
      {answer.verdict === 'UNKNOWN' && !standing ? null : (
        <Form answer={answer} words={standing ? 'The form on GitHub' : 'You know better? Add it'} />
      )}
      <Tools
        name={`proof-${answer.practice.key}-${answer.from.key}-${answer.to.key}`}
        document={AnswerDocument}
        variables={{
          practice: answer.practice.key,
          from: answer.from.key,
          to: answer.to.key,
          ...(list.length > 0 ? { assume: list } : {}),
        }}
        assumed={list.map((a) => assumptionText(a, nameOf))}
        table={() => tableOf(answer)}
      />
    </section>
  )
}
