import { ask, useAsked } from '../api.ts'
import { change, usePlace } from '../address.ts'
import { usePlatforms } from '../data.ts'
import { GapsDocument } from '../operations/generated.ts'
import { GapForm } from '../parts/GapForm.tsx'
import { PlatformPicker } from '../parts/PlatformPicker.tsx'
import { Status } from '../parts/Status.tsx'
import { Tools } from '../parts/Tools.tsx'
import { useStanding } from '../write.ts'

export function Contribute() {
  const place = usePlace()
  const standing = useStanding()
  const platforms = usePlatforms()
  const platform = place.get('platform') ?? 'proxmox'
  const asked = useAsked(platform, async (signal) => (await ask(GapsDocument, { platform }, signal)).gaps ?? null)
  const gaps = asked.data?.nodes ?? []
  return (
    <>
      <h1>Add what you know</h1>
      <p>
        Choose a platform you know. What is first in the list settles the most answers. Each opens a form of four
        fields, filled in as far as it can be: a verdict, a kind of reason, one sentence, a link if you have one.
      </p>
      <form className="controls" role="search" aria-label="Which platform">
        <PlatformPicker
          label="A platform I know"
          platforms={platforms.data ?? []}
          value={platform}
          onPick={(key) => {
            change({ platform: key })
          }}
        />
      </form>
      <Status asked={asked} what="what is not known" />
      {asked.data ? (
        <>
          <p>
            {asked.data.totalCount === 0
              ? 'Nothing is missing about it.'
              : `${asked.data.totalCount.toString()} things nobody has said about it.`}
          </p>
          <ul className="gaps">
            {gaps.map((g) => (
              <li key={`${g.kind} ${g.key}`}>
                <div>
                  <strong>{g.capability?.name ?? g.practice?.title ?? g.key}</strong>
                  <p className="soft">
                    {g.kind === 'CAPABILITY'
                      ? (g.capability?.summary ?? 'Does it have that?')
                      : 'How is it done there?'}{' '}
                    {g.concerns === 1 ? 'One practice waits' : `${g.concerns.toString()} practices wait`} for it.
                  </p>
                </div>
                <a className="act" href={g.contributeUrl} rel="noreferrer">
                  You know? Add it
                </a>
                {standing ? (
                  <details className="at-once">
                    <summary>Write it at once</summary>
                    <GapForm gap={g} platform={platform} standing={standing} onWritten={asked.again} />
                  </details>
                ) : null}
              </li>
            ))}
          </ul>
          <Tools
            name={`gaps-${platform}`}
            document={GapsDocument}
            variables={{ platform }}
            table={() => [
              ['what', 'key', 'concerns', 'form'],
              ...gaps.map((g) => [g.kind, g.key, g.concerns.toString(), g.contributeUrl]),
            ]}
          />
        </>
      ) : null}
    </>
  )
}
