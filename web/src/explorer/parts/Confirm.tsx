import { ConfirmDocument } from '../operations/generated.ts'
import { useWrite } from '../write.ts'
import { OtherProblems } from './FieldProblems.tsx'

/** Says of a note that one found it to be so oneself. Whoever sees the note sees that. */
export function Confirm({ note, onWritten }: { note: string; onWritten: () => void }) {
  const { busy, problem, fields, write } = useWrite()
  return (
    <>
      {' '}
      <button
        type="button"
        disabled={busy}
        title="Whoever sees this note sees that it works for you"
        onClick={() => {
          write(async (send) => {
            await send(ConfirmDocument, { note })
            onWritten()
          })
        }}
      >
        Works for me too
      </button>
      <OtherProblems problem={problem} fields={fields} shown={[]} />
    </>
  )
}
