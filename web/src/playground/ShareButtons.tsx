import { pick, ToolbarButton, useGraphiQL } from '@graphiql/react'
import { useState } from 'react'
import { LineIcon } from './LineIcon'
import { curlCommand, operationAddress } from './address'
import { endpoint } from './endpoint'

function CopyButton({ label, icon, text }: { label: string; icon: string; text: () => string }) {
  const [shown, setShown] = useState(label)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text())
      setShown('Copied')
    } catch {
      setShown('The browser did not let us copy')
    }
    setTimeout(() => {
      setShown(label)
    }, 2000)
  }
  return (
    <ToolbarButton label={shown} onClick={() => void copy()}>
      <LineIcon className="graphiql-toolbar-icon">
        <path d={icon} />
      </LineIcon>
    </ToolbarButton>
  )
}

const chain =
  'M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7l1.1-1.1'
const prompt = 'm5 7 5 5-5 5M13 17h6'

/** Buttons that take the operation elsewhere: as an address, and as a command for a shell. */
export function ShareButtons() {
  const { queryEditor, variableEditor, operationName } = useGraphiQL(
    pick('queryEditor', 'variableEditor', 'operationName'),
  )
  const query = () => queryEditor?.getValue() ?? ''
  const variables = () => variableEditor?.getValue() ?? ''
  return (
    <>
      <CopyButton
        label="Copy a link to this operation"
        icon={chain}
        text={() => operationAddress(new URL(window.location.href), query(), variables()).href}
      />
      <CopyButton
        label="Copy as curl"
        icon={prompt}
        text={() => curlCommand(endpoint, query(), variables(), operationName)}
      />
    </>
  )
}
