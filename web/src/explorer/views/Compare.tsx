import { askAll, useAsked } from '../api.ts'
import { change, usePlace } from '../address.ts'
import { usePlatforms } from '../data.ts'
import { CompareDocument, type CompareQuery } from '../operations/generated.ts'
import { PlatformPicker } from '../parts/PlatformPicker.tsx'
import { Status } from '../parts/Status.tsx'
import { Tools } from '../parts/Tools.tsx'
import { meant } from '../platforms.ts'

type Row = NonNullable<CompareQuery['comparePlatforms']>['nodes'][number]

const relations: Record<Row['relation'], string> = {
  SAME: 'the same',
  DIFFERS: 'differs',
  ONLY_HERE: 'only on one',
  UNKNOWN: 'nobody has said',
}

export function Compare() {
  const place = usePlace()
  const platforms = usePlatforms()
  const a = place.get('a') ?? 'proxmox'
  const b = place.get('b') ?? 'osism'
  const name = (key: string) => meant(platforms.data ?? [], key)[0]?.name ?? key
  const compared = useAsked(`${a}|${b}`, (signal) =>
    askAll(CompareDocument, { a, b }, (d) => d.comparePlatforms, signal),
  )
  const known = (compared.data ?? []).filter((r) => r.relation !== 'UNKNOWN')
  const unknown = (compared.data?.length ?? 0) - known.length
  const how = (list: Row['a']) => list.map((i) => i.how ?? 'stated without words').join(' ')
  return (
    <>
      <h1>What is the same, and what differs</h1>
      <form className="controls" role="search" aria-label="Which two platforms">
        <PlatformPicker
          label="One"
          platforms={platforms.data ?? []}
          value={a}
          onPick={(key) => {
            change({ a: key })
          }}
        />
        <PlatformPicker
          label="Other"
          platforms={platforms.data ?? []}
          value={b}
          onPick={(key) => {
            change({ b: key })
          }}
        />
      </form>
      <Status asked={compared} what="the two platforms" />
      {compared.data ? (
        <>
          <p>
            {(['SAME', 'DIFFERS', 'ONLY_HERE'] as const)
              .map((r) => `${known.filter((k) => k.relation === r).length.toString()} ${relations[r]}`)
              .join(', ')}
            ; about {unknown} nobody has said.
          </p>
          <div className="scroll" tabIndex={0} role="region" aria-label="Comparison">
            <table className="plain">
              <thead>
                <tr>
                  <th scope="col">Practice</th>
                  <th scope="col">Relation</th>
                  <th scope="col">{name(a)}</th>
                  <th scope="col">{name(b)}</th>
                </tr>
              </thead>
              <tbody>
                {known.map((r) => (
                  <tr key={r.practice.key}>
                    <th scope="row">{r.practice.title}</th>
                    <td>
                      <span className={`relation ${r.relation}`}>{relations[r.relation]}</span>
                      {r.here ? ` (${r.here.name})` : ''}
                    </td>
                    <td>{how(r.a)}</td>
                    <td>{how(r.b)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <Tools
            name={`compare-${a}-${b}`}
            document={CompareDocument}
            variables={{ a, b }}
            table={() => [
              ['practice', 'relation', name(a), name(b)],
              ...(compared.data ?? []).map((r) => [r.practice.title, relations[r.relation], how(r.a), how(r.b)]),
            ]}
          />
        </>
      ) : null}
    </>
  )
}
