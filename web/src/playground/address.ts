/** What an address of the playground asks for. */
export interface Address {
  /** Name of a question: `?question=NAME`. */
  question: string | null
  /** The documentation shall be open: `?docs`. */
  docs: boolean
  /**
   * An operation of somebody's own: `#query=…&variables=…`. The server does not see it, and it is not run before the
   * reader says so.
   */
  query: string | null
  variables: string | null
}

export function readAddress(url: URL): Address {
  const own = new URLSearchParams(url.hash.slice(1))
  return {
    question: url.searchParams.get('question'),
    docs: url.searchParams.has('docs'),
    query: own.get('query'),
    variables: own.get('variables'),
  }
}

/** The address of a question; of the whole playground without one. */
export function questionAddress(base: URL, name: string | null): URL {
  const url = new URL(base.pathname, base)
  if (name) url.searchParams.set('question', name)
  return url
}

/** The address that opens this operation. */
export function operationAddress(base: URL, query: string, variables: string): URL {
  const url = new URL(base.pathname, base)
  const own = new URLSearchParams({ query })
  if (variables.trim()) own.set('variables', variables)
  url.hash = own.toString()
  return url
}

/** The same request for a shell. */
export function curlCommand(
  endpoint: URL,
  query: string,
  variables: string,
  operationName: string | undefined,
): string {
  let values: unknown
  try {
    values = JSON.parse(variables)
  } catch {
    // Variables that are not there or not finished are left out.
  }
  const body = JSON.stringify({ query, operationName, variables: values })
  return `curl -s '${endpoint.href}' -H 'content-type: application/json' -d '${body.replaceAll("'", String.raw`'\''`)}'`
}
