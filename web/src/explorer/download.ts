/** A table as it is downloaded: the first row holds the names of the columns. */
export type Table = readonly (readonly string[])[]

/** CSV as RFC 4180 has it; a cell that a spreadsheet would take for a formula gets an apostrophe in front. */
export function toCsv(table: Table): string {
  const cell = (text: string) => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return table.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

const escaped = (text: string) => text.replace(/([\\|`*_<>[\]])/g, '\\$1').replace(/\s+/g, ' ')

/** A Markdown list of plain texts. */
export const toList = (texts: readonly string[]): string => texts.map((text) => `- ${escaped(text)}\n`).join('')

/** A Markdown table; what would end a cell or begin a tag is escaped. */
export function toMarkdown(table: Table): string {
  const cell = escaped
  const [head, ...rows] = table
  if (!head) return ''
  return [head.map(cell), head.map(() => '---'), ...rows.map((row) => row.map(cell))]
    .map((row) => `| ${row.join(' | ')} |\n`)
    .join('')
}

export function download(name: string, type: string, text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
