// The audits of GraphQL over HTTP that the graphql-http package keeps, against the program as it was built.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { auditServer, serverAudits } from 'graphql-http'
import { startServer } from '../../web/test/server.mjs'

let server
before(async () => (server = await startServer()))
after(() => server.stop())

// How many there are is part of the promise: an audit that goes missing would pass unseen.
test('there are 61 audits', () => {
  assert.equal(serverAudits({ url: 'http://unused' }).length, 61)
})

test('all audits pass', async (t) => {
  const results = await auditServer({ url: new URL('graphql', server.url).href })
  for (const result of results) {
    await t.test(`${result.id} ${result.name}`, () => {
      assert.equal(result.status, 'ok', result.reason)
    })
  }
})
