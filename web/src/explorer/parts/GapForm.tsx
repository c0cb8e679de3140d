import { useId } from 'react'
import { askAll, useAsked } from '../api.ts'
import {
  MechanismsDocument,
  RecordImplementationDocument,
  RecordOfferDocument,
  type GapsQuery,
  type OfferState,
} from '../operations/generated.ts'
import { useWrite, type Standing } from '../write.ts'
import { FieldProblems, OtherProblems, wrong } from './FieldProblems.tsx'
import { LevelPicker } from './LevelPicker.tsx'
import { fieldOf } from './NoteForm.tsx'
import { Status } from './Status.tsx'

export type Gap = NonNullable<GapsQuery['gaps']>['nodes'][number]

const states: Record<OfferState, string> = {
  YES: 'yes, as it should be',
  RESTRICTED: 'with restrictions',
  NO: 'no',
}

interface Props {
  gap: Gap
  platform: string
  standing: Standing
  onWritten: () => void
}

/** Says at once what a platform has, or how something is done there. */
export function GapForm({ gap, platform, standing, onWritten }: Props) {
  const id = useId()
  const { busy, problem, fields, write } = useWrite()
  const offer = gap.kind === 'CAPABILITY'
  const mechanisms = useAsked(offer ? undefined : 'mechanisms', (signal) =>
    askAll(MechanismsDocument, {}, (d) => d.mechanisms, signal),
  )
  const words = offer ? 'note' : 'how'
  return (
    <form
      className="note"
      aria-label={`What you know of ${gap.key}`}
      onSubmit={(event) => {
        event.preventDefault()
        const form = new FormData(event.currentTarget)
        const text = fieldOf(form, words)
        const link = fieldOf(form, 'link')
        const common = { platform, level: fieldOf(form, 'level'), ...(link ? { source: { uri: link } } : {}) }
        write(async (send) => {
          if (offer) {
            const state = fieldOf(form, 'state') as OfferState
            await send(RecordOfferDocument, { ...common, capability: gap.key, state, ...(text ? { note: text } : {}) })
          } else {
            const mechanism = fieldOf(form, 'mechanism')
            await send(RecordImplementationDocument, {
              ...common,
              practice: gap.key,
              mechanism,
              ...(text ? { how: text } : {}),
            })
          }
          onWritten()
        })
      }}
    >
      <Status asked={mechanisms} what="ways of doing things" />
      {offer ? (
        <>
          <label htmlFor={`${id}-state`}>Does it have that?</label>
          <select id={`${id}-state`} name="state" defaultValue="YES">
            {Object.entries(states).map(([state, text]) => (
              <option key={state} value={state}>
                {text}
              </option>
            ))}
          </select>
        </>
      ) : (
        <>
          <label htmlFor={`${id}-mechanism`}>By which mechanism</label>
          <select
            id={`${id}-mechanism`}
            name="mechanism"
            required
            {...wrong(fields, 'input.mechanism', `${id}-mechanism-wrong`)}
          >
            {(mechanisms.data ?? []).map((m) => (
              <option key={m.key} value={m.key}>
                {m.name}
              </option>
            ))}
          </select>
          <FieldProblems id={`${id}-mechanism-wrong`} path="input.mechanism" fields={fields} />
        </>
      )}
      <label htmlFor={`${id}-words`}>
        {offer ? 'In one sentence, if there is more to say' : 'How, in one sentence'}
      </label>
      <textarea id={`${id}-words`} name={words} rows={2} {...wrong(fields, `input.${words}`, `${id}-words-wrong`)} />
      <FieldProblems id={`${id}-words-wrong`} path={`input.${words}`} fields={fields} />
      <label htmlFor={`${id}-link`}>Link, if there is one</label>
      <input id={`${id}-link`} name="link" type="url" {...wrong(fields, 'input.source', `${id}-link-wrong`)} />
      <FieldProblems id={`${id}-link-wrong`} path="input.source" fields={fields} />
      <LevelPicker standing={standing} fields={fields} />
      <OtherProblems
        problem={problem}
        fields={fields}
        shown={['input.mechanism', `input.${words}`, 'input.source', 'input.level']}
      />
      <button type="submit" disabled={busy}>
        Add it to the map
      </button>
    </form>
  )
}
