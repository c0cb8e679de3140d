import { DOC_EXPLORER_PLUGIN } from '@graphiql/plugin-doc-explorer'
import { HISTORY_PLUGIN } from '@graphiql/plugin-history'
import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { GraphiQL } from 'graphiql'
import { useEffect, useRef } from 'react'
import { readAddress } from './address'
import { explainPlugin } from './ExplainPane'
import { fetcher } from './fetcher'
import { questionsPlugin } from './QuestionsPane'
import { ShareButtons } from './ShareButtons'
import { allQuestions, questions } from './shipped'
import { browserMemory } from './storage'
import { editorTheme } from './theme'
import { useAgain, useAsk } from './useAsk'
import { useAsker } from '../viewer/viewer'

const address = readAddress(new URL(window.location.href))
const asked = questions.find((q) => q.name === address.question)
const first = questions[0]
const storage = browserMemory()
const plugins = [questionsPlugin, HISTORY_PLUGIN, explainPlugin]
const narrow = window.matchMedia('(max-width: 50rem)').matches
const openPane = address.docs ? DOC_EXPLORER_PLUGIN : narrow ? undefined : questionsPlugin

/** Answers the address's question once the editors are there. Nothing but our own questions runs by itself. */
function Start() {
  const ask = useAsk()
  const { queryEditor, responseEditor } = useGraphiQL(pick('queryEditor', 'responseEditor'))
  const done = useRef(false)
  useEffect(() => {
    for (const editor of [queryEditor, responseEditor]) editor?.updateOptions({ wordWrap: 'on' })
    if (!ask || done.current) return
    done.current = true
    if (asked) ask(asked.document, asked.name)
    else if (first && !address.docs && queryEditor?.getValue() === allQuestions) ask(allQuestions, first.name)
  }, [ask, queryEditor, responseEditor])
  return null
}

/** Asks anew when somebody else asks: the schema, which a refused token hides, and what was answered before. */
function Again() {
  const asker = useAsker()
  const again = useAgain()
  const actions = useGraphiQLActions()
  const last = useRef(asker)
  useEffect(() => {
    if (last.current === asker) return
    last.current = asker
    void actions.introspect()
    again()
  })
  return null
}

export function Playground() {
  return (
    <GraphiQL
      fetcher={fetcher}
      storage={storage}
      editorTheme={editorTheme}
      defaultQuery={allQuestions}
      initialQuery={address.query ?? asked?.document}
      initialVariables={address.variables ?? (asked || address.query ? '' : undefined)}
      plugins={plugins}
      visiblePlugin={openPane}
      shouldPersistHeaders={false}
      schemaDescription
      inputValueDeprecation
    >
      <GraphiQL.Logo>{null}</GraphiQL.Logo>
      <GraphiQL.Toolbar>
        {({ prettify, copy, merge }) => (
          <>
            {prettify}
            {merge}
            {copy}
            <ShareButtons />
          </>
        )}
      </GraphiQL.Toolbar>
      <Start />
      <Again />
    </GraphiQL>
  )
}
