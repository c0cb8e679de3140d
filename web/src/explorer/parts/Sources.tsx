interface Source {
  readonly uri: string
  readonly path?: string | null
  readonly line?: number | null
}

/** Where something comes from. Only web addresses become links. */
export function Sources({ sources }: { sources: readonly Source[] }) {
  if (sources.length === 0) return <span className="soft">no source</span>
  return (
    <ul className="sources">
      {sources.map((s) => {
        const place = [s.path, s.line ? `line ${s.line.toString()}` : ''].filter(Boolean).join(', ')
        return (
          <li key={`${s.uri} ${place}`}>
            {/^https?:\/\//.test(s.uri) ? (
              <a href={s.uri} rel="noreferrer">
                {s.uri.replace(/^https?:\/\/(www\.)?/, '')}
              </a>
            ) : (
              s.uri
            )}
            {place ? <span className="soft"> ({place})</span> : null}
          </li>
        )
      })}
    </ul>
  )
}
