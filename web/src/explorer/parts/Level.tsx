/** The level of a record, by the key of the level. */
export function Level({ level }: { level: { readonly key: string } }) {
  return (
    <span className="level" data-level={level.key} title={`Confidentiality: ${level.key}`}>
      {level.key}
    </span>
  )
}
