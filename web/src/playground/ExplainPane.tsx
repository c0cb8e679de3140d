import type { GraphiQLPlugin } from '@graphiql/react'
import { useStore } from '../store'
import { LineIcon } from './LineIcon'
import { told, wanted, type Explanation, type Read } from './extensions'
import { useAgain } from './useAsk'

function Wish({ name, text }: { name: 'cost' | 'explain'; text: string }) {
  const wishes = useStore(wanted)
  const again = useAgain()
  return (
    <label>
      <input
        type="checkbox"
        checked={wishes[name]}
        onChange={(event) => {
          wanted.set({ ...wishes, [name]: event.target.checked })
          again()
        }}
      />{' '}
      {text}
    </label>
  )
}

function ReadText({ read }: { read: Read }) {
  return (
    <>
      <h4>On the embedded engine</h4>
      <pre tabIndex={0}>{read.steps.join('\n')}</pre>
      <h4>On Neo4j</h4>
      <pre tabIndex={0}>{read.cypher}</pre>
      <pre tabIndex={0}>{JSON.stringify(read.parameters)}</pre>
      <p>
        {read.rows} rows came back
        {read.touched === undefined ? '' : `, ${read.touched.toString()} records were touched`}.
      </p>
    </>
  )
}

function Plans({ explanation }: { explanation: Explanation }) {
  if (explanation.refused) {
    return <p>No plan: {explanation.refused}. Use a token of theirs above, without looking as anybody else.</p>
  }
  const plans = explanation.plans ?? []
  if (plans.length === 0) return <p>No plan: the answer needed no record.</p>
  return (
    <>
      {plans.map((p, i) => (
        <section key={i}>
          <h3>{plans.length > 1 ? `Plan ${(i + 1).toString()} of ${plans.length.toString()}` : 'The plan'}</h3>
          <pre tabIndex={0}>{p.plan}</pre>
          <p>Its parameters: {JSON.stringify(p.params)}</p>
          {p.reads.map((read, n) => (
            <ReadText key={n} read={read} />
          ))}
        </section>
      ))}
    </>
  )
}

function ExplainPane() {
  const { cost, explain } = useStore(told)
  return (
    <section className="explain" aria-label="How an answer comes about">
      <h2>Explain</h2>
      <p>The answer then says it too, in its extensions.</p>
      <Wish name="cost" text="What the operation costs" />
      <Wish name="explain" text="How its answer comes about (curators and owners)" />
      <div aria-live="polite">
        {cost ? (
          <p>
            It costs {cost.used.toLocaleString('en')} of the {cost.max.toLocaleString('en')} points an operation may.
          </p>
        ) : null}
        {explain ? <Plans explanation={explain} /> : null}
      </div>
    </section>
  )
}

function ExplainIcon() {
  return (
    <LineIcon>
      <path d="M12 3v5M12 8 6 14M12 8l6 6M6 14v6M18 14v6" />
      <circle cx="12" cy="8" r="1.6" />
    </LineIcon>
  )
}

export const explainPlugin: GraphiQLPlugin = { title: 'Explain', icon: ExplainIcon, content: ExplainPane }
