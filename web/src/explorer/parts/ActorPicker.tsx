import { useId } from 'react'
import { change } from '../address.ts'
import type { Actor } from '../operations/generated.ts'

/** Who is meant by the practices: whoever runs the platform, or whoever uses it. */
export const actors: Partial<Record<Actor, string>> = { OPERATOR: 'I run the platform', TENANT: 'I use the platform' }

/** The actor an address names, where it names one. */
export const actorOf = (text: string | undefined): Actor | undefined =>
  text === 'OPERATOR' || text === 'TENANT' ? text : undefined

/** Keeps the practices of the operator or of the tenant; those of both stay. */
export function ActorPicker({ value }: { value: Actor | undefined }) {
  const id = useId()
  return (
    <div className="choice">
      <label htmlFor={id}>Told as</label>
      <select
        id={id}
        value={value ?? ''}
        onChange={(event) => {
          change({ actor: event.target.value || undefined })
        }}
      >
        <option value="">everyone</option>
        {Object.entries(actors).map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}
