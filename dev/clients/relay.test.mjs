// Relay's compiler takes the schema that is served, and what it makes of a paging list runs in Relay's own store.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { after, before, test } from 'node:test'
import relay from 'relay-runtime'
import { startServer } from '../../web/test/server.mjs'

const { Environment, Network, RecordSource, Store, createOperationDescriptor, fetchQuery, getRequest } = relay
const here = fileURLToPath(new URL('.', import.meta.url))

let server
let project
before(async () => {
  server = await startServer()
  project = mkdtempSync(join(tmpdir(), 'opsmap-relay-'))
  cpSync(join(here, 'relay'), join(project, 'src'), { recursive: true })
  const response = await fetch(new URL('schema.graphql', server.url))
  writeFileSync(join(project, 'schema.graphql'), await response.text())
  const config = { src: 'src', schema: 'schema.graphql', language: 'javascript', eagerEsModules: false }
  writeFileSync(join(project, 'relay.config.json'), JSON.stringify(config))
  writeFileSync(join(project, 'package.json'), '{"type": "commonjs"}')
  const compiler = createRequire(import.meta.url).resolve('relay-compiler/cli.js')
  execFileSync(process.execPath, [compiler, 'relay.config.json'], {
    cwd: project,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
})
after(() => {
  server.stop()
  rmSync(project, { recursive: true, force: true })
})

const artifact = (name) => createRequire(join(project, 'package.json'))(`./src/__generated__/${name}.graphql.js`)

async function ask(query, variables) {
  const response = await fetch(new URL('graphql', server.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  return response.json()
}

test('a list pages itself to its end in Relay’s store', async () => {
  const environment = new Environment({
    network: Network.create((params, variables) => ask(params.text, variables)),
    store: new Store(new RecordSource()),
  })
  const query = artifact('TopicsQuery')
  const page = artifact('TopicsPageQuery')
  const kept = environment.retain(createOperationDescriptor(getRequest(query), { count: 4 }))
  await fetchQuery(environment, query, { count: 4 }).toPromise()

  const list = () => {
    const fragment = artifact('Topics_query')
    const selector = relay.getSingularSelector(fragment, {
      __id: 'client:root',
      __fragments: { Topics_query: { count: 4 } },
      __fragmentOwner: createOperationDescriptor(getRequest(query), { count: 4 }).request,
    })
    return environment.lookup(selector).data.topics
  }
  let pages = 1
  for (; list().pageInfo.hasNextPage; pages++) {
    await fetchQuery(environment, page, { count: 4, cursor: list().pageInfo.endCursor }).toPromise()
  }
  const { edges, totalCount } = list()
  assert.ok(pages > 3, `only ${pages} pages`)
  assert.equal(edges.length, totalCount)
  assert.equal(new Set(edges.map((edge) => edge.node.id)).size, totalCount)
  kept.dispose()
})

test('a list within a record pages itself by the id of the record', async () => {
  const page = artifact('TopicsLayersPageQuery')
  const several = await ask(
    '{ topics(where: {layers: {count: {gte: 2}}}, first: 1) { nodes { id layers { totalCount } } } }',
  )
  const topic = several.data.topics.nodes[0]
  const found = []
  for (let cursor = null, more = true; more;) {
    const { data, errors } = await ask(page.params.text, { id: topic.id, count: 1, cursor })
    assert.equal(errors, undefined)
    found.push(...data.node.layers.edges.map((edge) => edge.node.id))
    ;({ endCursor: cursor, hasNextPage: more } = data.node.layers.pageInfo)
  }
  assert.equal(new Set(found).size, topic.layers.totalCount)
})
