import type { TypedDocumentString } from '../operations/generated.ts'
import { operationAddress } from '../../playground/address.ts'
import { download, toCsv, toMarkdown, type Table } from '../download.ts'

interface Props {
  /** Name of the files, without an ending. */
  name: string
  /** The question behind the view and what it was asked with. */
  document: TypedDocumentString<unknown, never>
  variables?: Record<string, unknown>
  /** What the view shows, as a table; undefined while there is nothing yet. */
  table?: (() => Table) | undefined
}

/** The way from a view to its question, and its content as files. */
export function Tools({ name, document, variables, table }: Props) {
  const playground = new URL('playground', window.document.baseURI)
  const query = operationAddress(
    playground,
    document.toString().trim(),
    variables ? JSON.stringify(variables, null, 2) : '',
  )
  return (
    <p className="tools">
      <a href={query.href}>Show the query</a>
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
