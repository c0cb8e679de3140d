import type { TypedDocumentString } from '../operations/generated.ts'
import { operationAddress } from '../../playground/address.ts'
import { download, toCsv, toMarkdown, type Table } from '../download.ts'

/** A question and what it is asked with. */
interface Question {
  document: TypedDocumentString<unknown, never>
  variables?: Record<string, unknown>
}

function playgroundOf({ document, variables }: Question): string {
  const playground = new URL('playground', window.document.baseURI)
  const asked = variables && Object.keys(variables).length > 0 ? JSON.stringify(variables, null, 2) : ''
  return operationAddress(playground, document.toString().trim(), asked).href
}

interface Props extends Question {
  /** Name of the files, without an ending. */
  name: string
  /** Further questions behind the view, each with the words of its link. */
  also?: readonly (Question & { label: string })[]
  /** What the view shows, as a table; undefined while there is nothing yet. */
  table?: (() => Table) | undefined
}

/** The way from a view to its question, and its content as files. */
export function Tools({ name, document, variables, also = [], table }: Props) {
  return (
    <p className="tools">
      <a href={playgroundOf({ document, ...(variables ? { variables } : {}) })}>Show the query</a>
      {also.map((question) => (
        <a key={question.label} href={playgroundOf(question)}>
          {question.label}
        </a>
      ))}
      <button
        type="button"
        disabled={!table}
        onClick={() => {
          if (table) download(`${name}.csv`, 'text/csv', toCsv(table()))
        }}
      >
        As CSV
      </button>
      <button
        type="button"
        disabled={!table}
        onClick={() => {
          if (table) download(`${name}.md`, 'text/markdown', toMarkdown(table()))
        }}
      >
        As Markdown
      </button>
    </p>
  )
}
