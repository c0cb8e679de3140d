import { useState } from 'react'

/** Copies a text. Where the browser forbids that, it says so: the text is there to be copied by hand. */
export function Copy({ text, what }: { text: string; what: string }) {
  const [said, setSaid] = useState('')
  return (
    <>
      <button
        type="button"
        onClick={() => {
          // There is no clipboard over plain HTTP from elsewhere.
          const clipboard = (navigator as { clipboard?: Clipboard }).clipboard
          const copied = clipboard ? clipboard.writeText(text) : Promise.reject(new Error())
          copied.then(
            () => {
              setSaid('Copied.')
            },
            () => {
              setSaid('This browser lets no page copy; select the text instead.')
            },
          )
        }}
      >
        Copy {what}
      </button>
      <span role="status">{said}</span>
    </>
  )
}
