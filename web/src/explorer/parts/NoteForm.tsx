import { useId } from 'react'
import type { Answer } from '../data.ts'
import { RecordNoteDocument, type ReasonKind, type Verdict } from '../operations/generated.ts'
import { verdicts, words } from '../verdicts.tsx'
import { useWrite, type Standing } from '../write.ts'
import { FieldProblems, OtherProblems, wrong } from './FieldProblems.tsx'
import { LevelPicker } from './LevelPicker.tsx'

const kinds: Record<ReasonKind, string> = { TECHNOLOGY: 'technology', PROVIDER: 'provider', WORKFLOW: 'workflow' }

/** What somebody has put into a field of a form, without the space around it. */
export const fieldOf = (form: FormData, name: string) => {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

const inputOf = (answer: Answer, form: FormData) => {
  const link = fieldOf(form, 'link')
  const kind = fieldOf(form, 'kind') as ReasonKind
  return {
    practice: answer.practice.key,
    from: answer.from.key,
    to: answer.to.key,
    verdict: fieldOf(form, 'verdict') as Verdict,
    reasons: [{ kind, text: fieldOf(form, 'sentence') }],
    level: fieldOf(form, 'level'),
    ...(link ? { source: { uri: link } } : {}),
  }
}

/** The fields of the input that have a place in the form. */
const paths = {
  verdict: 'input.verdict',
  kind: 'input.reasons.0.kind',
  sentence: 'input.reasons.0.text',
  link: 'input.source',
}

interface Props {
  answer: Answer
  standing: Standing
  onWritten: () => void
}

/** Four fields that say how a practice fares on the way that is shown, written at once. */
export function NoteForm({ answer, standing, onWritten }: Props) {
  const id = useId()
  const { busy, problem, fields, write } = useWrite()
  return (
    <form
      className="note"
      aria-label="What you know"
      onSubmit={(event) => {
        event.preventDefault()
        const form = event.currentTarget
        write(async (send) => {
          await send(RecordNoteDocument, inputOf(answer, new FormData(form)))
          form.reset()
          onWritten()
        })
      }}
    >
      <h3>{answer.verdict === 'UNKNOWN' ? 'You know? Add it' : 'You know better? Add it'}</h3>
      <label htmlFor={`${id}-verdict`}>Verdict</label>
      <select
        id={`${id}-verdict`}
        name="verdict"
        defaultValue="ADAPT"
        {...wrong(fields, paths.verdict, `${id}-verdict-wrong`)}
      >
        {verdicts
          .filter((v) => v !== 'UNKNOWN')
          .map((v) => (
            <option key={v} value={v}>
              {words[v].name}: {words[v].means}
            </option>
          ))}
      </select>
      <FieldProblems id={`${id}-verdict-wrong`} path={paths.verdict} fields={fields} />
      <label htmlFor={`${id}-kind`}>Because of</label>
      <select id={`${id}-kind`} name="kind" defaultValue="WORKFLOW">
        {Object.entries(kinds).map(([kind, text]) => (
          <option key={kind} value={kind}>
            {text}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-sentence`}>In one sentence</label>
      <textarea
        id={`${id}-sentence`}
        name="sentence"
        required
        rows={2}
        {...wrong(fields, paths.sentence, `${id}-sentence-wrong`)}
      />
      <FieldProblems id={`${id}-sentence-wrong`} path={paths.sentence} fields={fields} />
      <label htmlFor={`${id}-link`}>Link, if there is one</label>
      <input id={`${id}-link`} name="link" type="url" {...wrong(fields, paths.link, `${id}-link-wrong`)} />
      <FieldProblems id={`${id}-link-wrong`} path={paths.link} fields={fields} />
      <LevelPicker standing={standing} fields={fields} />
      <OtherProblems problem={problem} fields={fields} shown={[...Object.values(paths), 'input.level']} />
      <button type="submit" disabled={busy}>
        Add it to the map
      </button>
    </form>
  )
}
