import { useId } from 'react'
import { AddToAgendaDocument, ProposeTopicDocument } from '../../operations/generated.ts'
import { FieldProblems, OtherProblems, wrong } from '../../parts/FieldProblems.tsx'
import { LevelPicker } from '../../parts/LevelPicker.tsx'
import { fieldOf } from '../../parts/NoteForm.tsx'
import { useWrite, type Standing } from '../../write.ts'
import type { Coffee } from './Board.tsx'
import { usePool } from './Pool.tsx'

/** Puts a topic on the agenda: one of the pool, or one that is new to it. */
export function BoardPropose({ session, standing, live }: { session: Coffee; standing: Standing; live: boolean }) {
  const id = useId()
  const pool = usePool().data ?? []
  const { busy, problem, fields, write } = useWrite()
  return (
    <form
      className="propose"
      aria-label="A topic for the agenda"
      onSubmit={(event) => {
        event.preventDefault()
        const form = event.currentTarget
        const data = new FormData(form)
        const title = fieldOf(data, 'title')
        write(async (send) => {
          const known = pool.find((t) => t.title === title)?.id
          const topic =
            known ??
            (await send(ProposeTopicDocument, { title, level: fieldOf(data, 'level') })).proposeTopic?.topic?.id
          if (topic) await send(AddToAgendaDocument, { session: session.id, topic })
          form.reset()
        })
      }}
    >
      <label htmlFor={`${id}-title`}>Propose a topic</label>
      <input
        id={`${id}-title`}
        name="title"
        list={`${id}-pool`}
        required
        maxLength={200}
        autoComplete="off"
        {...wrong(fields, 'input.title', `${id}-wrong`)}
      />
      <datalist id={`${id}-pool`}>
        {pool.map((t) => (
          <option key={t.id} value={t.title} />
        ))}
      </datalist>
      <FieldProblems id={`${id}-wrong`} path="input.title" fields={fields} />
      <LevelPicker standing={standing} fields={fields} label="Who may see it, if it is new" />
      <OtherProblems problem={problem} fields={fields} shown={['input.title', 'input.level']} />
      <button type="submit" disabled={busy || !live}>
        Put it on the agenda
      </button>
    </form>
  )
}
