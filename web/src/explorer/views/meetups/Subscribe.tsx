import { change, usePlace } from '../../address.ts'
import { ask, useAsked } from '../../api.ts'
import { LayersDocument } from '../../operations/generated.ts'
import { Copy } from './Copy.tsx'

/** An address of this server as a calendar program takes it: it subscribes where https would only download once. */
const webcal = (address: URL) => address.href.replace(/^https?:/, 'webcal:')

/** The ways to be told of meetings and topics: a calendar that a program follows, and news. */
export function Subscribe() {
  const named = usePlace().get('about')
  const layers = useAsked('layers', (signal) => ask(LayersDocument, {}, signal)).data?.layers?.nodes ?? []
  const layer = layers.find((l) => l.key === named)?.key ?? ''
  const query = layer ? `?${new URLSearchParams({ layer }).toString()}` : ''
  const calendar = new URL(`feeds/meetups.ics${query}`, document.baseURI)
  return (
    <section className="subscribe" aria-labelledby="subscribe">
      <h2 id="subscribe">Be told</h2>
      <p className="tools">
        <label>
          About{' '}
          <select
            value={layer}
            onChange={(event) => {
              change({ about: event.target.value })
            }}
          >
            <option value="">everything</option>
            {layers.map((l) => (
              <option key={l.key} value={l.key}>
                {l.name}
              </option>
            ))}
          </select>
        </label>
        <a className="act" href={webcal(calendar)}>
          Subscribe to the calendar
        </a>
        <a className="act" href={calendar.href}>
          Download it (.ics)
        </a>
        <a className="act" href={`feeds/topics.atom${query}`}>
          News of topics (Atom)
        </a>
      </p>
      <p className="copy">
        <input
          readOnly
          aria-label="Address of the calendar"
          value={calendar.href}
          onFocus={(event) => {
            event.target.select()
          }}
        />
        <Copy text={calendar.href} what="the address" />
      </p>
      <p className="soft">
        These addresses tell what is open to everybody. Programs that read them send no token; one who may see more adds{' '}
        <code>token=</code> to the address.
      </p>
    </section>
  )
}
