import { useId } from 'react'
import { ask } from '../api.ts'
import type { Answer } from '../data.ts'
import { RecordNoteDocument, type ReasonKind, type Verdict } from '../operations/generated.ts'
import { verdicts, words } from '../verdicts.tsx'
import { useWrite } from '../write.ts'

const kinds: Record<ReasonKind, string> = { TECHNOLOGY: 'technology', PROVIDER: 'provider', WORKFLOW: 'workflow' }

const field = (form: FormData, name: string) => {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

async function record(answer: Answer, form: FormData): Promise<void> {
  const link = field(form, 'link')
  const verdict = field(form, 'verdict') as Verdict
  const kind = field(form, 'kind') as ReasonKind
  await ask(RecordNoteDocument, {
    input: {
      practice: answer.practice.key,
      from: answer.from.key,
      to: answer.to.key,
      verdict,
      reasons: [{ kind, text: field(form, 'sentence') }],
      ...(link ? { source: { uri: link } } : {}),
    },
  })
}

/** Four fields that say how a practice fares on the way that is shown, written at once. */
export function NoteForm({ answer, onWritten }: { answer: Answer; onWritten: () => void }) {
  const id = useId()
  const { busy, problem, write } = useWrite()
  return (
    <form
      className="note"
      aria-label="What you know"
      onSubmit={(event) => {
        event.preventDefault()
        const form = event.currentTarget
        write(async () => {
          await record(answer, new FormData(form))
          form.reset()
          onWritten()
        })
      }}
    >
      <h3>{answer.verdict === 'UNKNOWN' ? 'You know? Add it' : 'You know better? Add it'}</h3>
      <label htmlFor={`${id}-verdict`}>Verdict</label>
      <select id={`${id}-verdict`} name="verdict" defaultValue="ADAPT">
        {verdicts
          .filter((v) => v !== 'UNKNOWN')
          .map((v) => (
            <option key={v} value={v}>
              {words[v].name}: {words[v].means}
            </option>
          ))}
      </select>
      <label htmlFor={`${id}-kind`}>Because of</label>
      <select id={`${id}-kind`} name="kind" defaultValue="WORKFLOW">
        {Object.entries(kinds).map(([kind, text]) => (
          <option key={kind} value={kind}>
            {text}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-sentence`}>In one sentence</label>
      <textarea id={`${id}-sentence`} name="sentence" required rows={2} />
      <label htmlFor={`${id}-link`}>Link, if there is one</label>
      <input id={`${id}-link`} name="link" type="url" />
      {problem ? <p role="alert">{problem}</p> : null}
      <button type="submit" disabled={busy}>
        Add it to the map
      </button>
    </form>
  )
}
