import { ask } from '../api.ts'
import { ConfirmDocument } from '../operations/generated.ts'
import { useWrite } from '../write.ts'

/** Says of a note that one found it to be so oneself. */
export function Confirm({ note, onWritten }: { note: string; onWritten: () => void }) {
  const { busy, problem, write } = useWrite()
  return (
    <>
      {' '}
      <button
        type="button"
        disabled={busy}
        onClick={() => {
          write(async () => {
            await ask(ConfirmDocument, { note })
            onWritten()
          })
        }}
      >
        Works for me too
      </button>
      {problem ? <span role="alert"> {problem}</span> : null}
    </>
  )
}
