import { useId } from 'react'
import type { FieldProblem } from '../api.ts'
import type { Standing } from '../write.ts'
import { FieldProblems, wrong } from './FieldProblems.tsx'

interface Props {
  standing: Standing
  fields: readonly FieldProblem[]
  /** What the level is of. */
  label?: string
}

/** Up to which level what is written may travel: always said, never left to the server. */
export function LevelPicker({ standing, fields, label = 'Who may see it' }: Props) {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select id={id} name="level" defaultValue={standing.level} {...wrong(fields, 'input.level', `${id}-wrong`)}>
        {standing.levels.map((l) => (
          <option key={l.key} value={l.key}>
            {l.rank === 0 ? `everybody (${l.name})` : `people up to ${l.name}`}
          </option>
        ))}
      </select>
      <FieldProblems id={`${id}-wrong`} path="input.level" fields={fields} />
    </>
  )
}
