import type { TypedDocumentString } from '../operations/generated.ts'
import { operationAddress } from '../../playground/address.ts'
import { download, toCsv, toList, toMarkdown, type Table } from '../download.ts'

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
  /** What the view takes to be so although nobody stated it; the files say it too. */
  assumed?: readonly string[]
}

/** A table that says in every row that it is what if, so that no row gets lost from it. */
const supposed = (table: Table, assumed: readonly string[]): Table =>
  assumed.length === 0 ? table : table.map((row, i) => [...row, i === 0 ? 'what if, not as it is' : assumed.join('; ')])

const supposition = (assumed: readonly string[]): string =>
  assumed.length === 0 ? '' : `**What if, not as it is.** Taken to be so:\n\n${toList(assumed)}\n`

/** The way from a view to its question, and its content as files. */
export function Tools({ name, document, variables, also = [], table, assumed = [] }: Props) {
  const file = assumed.length > 0 ? `${name}-what-if` : name
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
          if (table) download(`${file}.csv`, 'text/csv', toCsv(supposed(table(), assumed)))
        }}
      >
        As CSV
      </button>
      <button
        type="button"
        disabled={!table}
        onClick={() => {
          if (table) download(`${file}.md`, 'text/markdown', supposition(assumed) + toMarkdown(table()))
        }}
      >
        As Markdown
      </button>
    </p>
  )
}
