// A client that nobody here wrote (urql) walks every connection of the schema, forwards and backwards, by the rules of
// Relay's specification, and has to find the same records whichever way it goes.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Client, fetchExchange } from '@urql/core'
import { getNamedType, isInterfaceType, isNonNullType, isObjectType } from 'graphql'
import { buildClientSchema, getIntrospectionQuery } from 'graphql'
import { startServer } from '../../web/test/server.mjs'

/** What fields that cannot do without arguments are asked with; a new one of them has to be given its own. */
const given = {
  portablePractices: 'from: "vsphere", to: "osism", atMost: BLOCKED',
  comparePlatforms: 'a: "vsphere", b: "osism"',
  targets: 'practice: "etcd-backup", from: "osism", atMost: BLOCKED',
  portabilityMatrix: 'from: ["vsphere", "aws"], to: ["osism", "k8s", "proxmox"]',
  gaps: 'platform: "proxmox"',
  search: 'text: "restart"',
  paths: 'from: "Practice:etcd-backup", to: "Layer:iaas", maxLength: 3',
  coverage: 'of: PRACTICES, by: [LAYERS, KIND]',
  stale: 'before: "2026-11-01"',
  disclosures: 'by: LAYER',
  openable: 'audience: "clear"',
}

let server
let client
let schema
before(async () => {
  server = await startServer()
  client = new Client({ url: new URL('graphql', server.url).href, exchanges: [fetchExchange], preferGetMethod: false })
  schema = buildClientSchema(await ask(getIntrospectionQuery()))
})
after(() => server.stop())

async function ask(document, variables = {}) {
  const { data, error } = await client.query(document, variables).toPromise()
  if (error) throw error
  return data
}

/** The fields of a type that are connections, as [name, arguments, type of the nodes]. */
function connections(type) {
  return Object.values(type.getFields())
    .filter((field) => getNamedType(field.type).name.endsWith('Connection'))
    .map((field) => {
      const required = field.args.filter((a) => isNonNullType(a.type) && a.defaultValue === undefined)
      assert.ok(
        required.length === 0 || given[field.name],
        `${type.name}.${field.name} needs arguments; name some in this test`,
      )
      const edge = getNamedType(getNamedType(field.type).getFields().edges.type)
      return {
        name: field.name,
        args: given[field.name] ?? '',
        node: getNamedType(edge.getFields().node.type),
        backwards: field.args.some((a) => a.name === 'last'),
      }
    })
}

/** What tells nodes of this type from each other: the id of a record; of a result its plain values and its records. */
function identity(type, depth = 2) {
  if (type.getFields().id) return 'id'
  return Object.values(type.getFields())
    .filter((f) => f.args.length === 0)
    .map((f) => {
      const of = getNamedType(f.type)
      if (!isObjectType(of) && !isInterfaceType(of)) return f.name
      const parts = depth > 0 ? identity(of, depth - 1) : ''
      return parts ? `${f.name} { ${parts} }` : ''
    })
    .join(' ')
    .trim()
}

/** The page of a connection: within is what stands around the field. */
async function page(field, within, args, cursor) {
  const parts = [field.args, args, cursor].filter(Boolean).join(', ')
  const body = `${field.name}(${parts}) { totalCount edges { cursor node { ${identity(field.node)} } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`
  const data = await ask(within ? `{ node(id: "${within.id}") { ... on ${within.type} { ${body} } } }` : `{ ${body} }`)
  return (within ? data.node : data)[field.name]
}

/** Walks a connection in one direction and gives its nodes in order, checking every page on the way. */
async function walk(field, within, size, forward) {
  const found = []
  for (let cursor = '', pages = 0; ; pages++) {
    const connection = await page(field, within, `${forward ? 'first' : 'last'}: ${size}`, cursor)
    const { edges, pageInfo, totalCount } = connection
    assert.ok(edges.length <= size, 'a page is no larger than asked')
    assert.equal(pageInfo.startCursor, edges[0]?.cursor ?? null)
    assert.equal(pageInfo.endCursor, edges.at(-1)?.cursor ?? null)
    if (pages === 0) assert.equal(forward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage, false)
    const more = forward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage
    assert.ok(!more || edges.length === size, 'a page before others is full')
    if (forward) found.push(...edges)
    else found.unshift(...edges)
    assert.ok(found.length <= totalCount, 'no more than totalCount are found')
    if (!more) {
      assert.equal(found.length, totalCount, 'as many are found as totalCount says')
      return found
    }
    cursor = forward ? `after: "${pageInfo.endCursor}"` : `before: "${pageInfo.startCursor}"`
  }
}

async function walkBothWays(field, within) {
  const forwards = await walk(field, within, 7, true)
  if (field.backwards) {
    const backwards = await walk(field, within, 5, false)
    assert.deepEqual(
      backwards.map((e) => e.node),
      forwards.map((e) => e.node),
    )
  }
  assert.equal(new Set(forwards.map((e) => e.cursor)).size, forwards.length, 'no cursor stands twice')
  assert.equal(new Set(forwards.map((e) => JSON.stringify(e.node))).size, forwards.length, 'no node stands twice')
  return forwards
}

test('every connection at the root', async (t) => {
  let walked = 0
  for (const field of connections(schema.getQueryType())) {
    await t.test(field.name, async () => {
      await walkBothWays(field)
      walked++
    })
  }
  assert.ok(walked >= 25, `only ${walked} connections were walked`)
})

test('every connection of every type', async (t) => {
  const node = schema.getType('Node')
  let walked = 0
  for (const type of schema.getPossibleTypes(node)) {
    const ids = await ids3(type.name)
    for (const field of connections(type)) {
      await t.test(`${type.name}.${field.name}`, async () => {
        for (const id of ids) {
          await walkBothWays(field, { id, type: type.name })
          walked++
        }
      })
    }
  }
  assert.ok(walked >= 100, `only ${walked} connections were walked`)
})

/** The ids of the first records of a type. */
async function ids3(typeName) {
  const root = connections(schema.getQueryType()).find((field) => field.node.name === typeName)
  const { edges } = await page(root, undefined, 'first: 3', '')
  return edges.map((edge) => edge.node.id)
}
