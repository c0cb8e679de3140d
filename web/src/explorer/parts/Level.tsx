/** The level of a record, by the key of the level. */
export function Level({ level }: { level: string | { readonly key: string } }) {
  const key = typeof level === 'string' ? level : level.key
  return (
    <span className="level" data-level={key} title={`Confidentiality: ${key}`}>
      <span>{key}</span>
    </span>
  )
}
