// A calendar library that nobody here wrote (ical.js, Thunderbird's) imports the feed of meetings: every event begins
// when GraphQL says, on the clocks that its own zone defines, and what is called off keeps its UID and rises in SEQUENCE.
import assert from 'node:assert/strict'
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import ICAL from 'ical.js'
import { startServer } from '../../web/test/server.mjs'

const year = new Date().getUTCFullYear() + 1
const dates = [`${year}-01-13`, `${year}-03-31`, `${year}-07-14`, `${year}-11-03`]

let server
before(async () => {
  server = await startServer()
  const args = ['--dates', dates.join(','), '--at', '18:00', '--zone', 'Europe/Berlin', '--apply']
  server.run('plan', 'season', '--series', 'open-operations', ...args)
})
after(() => server.stop())

/** The events of the feed by UID, with the bytes they were read from. */
async function events() {
  const response = await fetch(new URL('feeds/meetups.ics', server.url))
  assert.equal(response.headers.get('content-type'), 'text/calendar; charset=utf-8')
  const text = await response.text()
  const calendar = new ICAL.Component(ICAL.parse(text))
  const zones = calendar.getAllSubcomponents('vtimezone').map((zone) => new ICAL.Timezone(zone))
  zones.forEach((zone) => ICAL.TimezoneService.register(zone))
  const found = new Map()
  for (const component of calendar.getAllSubcomponents('vevent')) {
    const event = new ICAL.Event(component)
    assert.ok(!found.has(event.uid), `${event.uid} stands once`)
    found.set(event.uid, { event, status: component.getFirstPropertyValue('status') })
  }
  return { text, zones, found }
}

test('the lines are those of RFC 5545', async () => {
  const { text } = await events()
  assert.ok(text.endsWith('\r\n'))
  for (const line of text.slice(0, -2).split('\r\n')) {
    assert.ok(!/[\r\n]/.test(line), 'lines end with CRLF')
    assert.ok(Buffer.byteLength(line) <= 75, 'lines are folded')
  }
})

test('events begin when the meetings do', async () => {
  const query = '{ meetings(first: 100) { nodes { key title startsAt zone } } }'
  const response = await fetch(new URL('graphql', server.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const meetings = (await response.json()).data.meetings.nodes
  const { found, zones } = await events()
  assert.ok(zones.some((zone) => zone.tzid === 'Europe/Berlin'))
  const timed = meetings.filter((meeting) => meeting.startsAt)
  assert.ok(timed.length >= dates.length)
  for (const { key, title, startsAt, zone } of timed) {
    const { event } = found.get(`meeting-${key}@opsmap`)
    assert.equal(event.summary, title)
    assert.equal(event.startDate.zone.tzid, zone)
    assert.equal(event.startDate.toJSDate().toISOString(), startsAt.replace('Z', '.000Z'))
    assert.ok(event.duration.toSeconds() > 0)
  }
  for (const date of dates) {
    const { event } = found.get(`meeting-open-operations-${date}@opsmap`)
    assert.deepEqual(
      [event.startDate.hour, event.startDate.minute],
      [18, 0],
      'the clocks show 18:00 in summer and in winter',
    )
  }
})

test('what is called off keeps its UID', async () => {
  const uid = `meeting-open-operations-${dates[0]}@opsmap`
  const before = (await events()).found.get(uid)
  assert.notEqual(before.status, 'CANCELLED')
  const plan = JSON.parse(
    server.run('plan', 'season', '--series', 'open-operations', '--dates', dates.join(','), '--json'),
  )
  const { meeting, pick } = plan.slots[0]
  const folder = mkdtempSync(join(tmpdir(), 'opsmap-calendar-'))
  try {
    const file = join(folder, 'off.yaml')
    const session = {
      key: `${meeting}-${pick.topic.key}`,
      title: pick.topic.title,
      format: pick.format,
      state: 'CANCELLED',
      unverified: true,
    }
    writeFileSync(file, JSON.stringify({ sessions: [session] }))
    await new Promise((later) => setTimeout(later, 1100)) // instants have seconds
    server.run('load', '--level', 'clear', file)
  } finally {
    rmSync(folder, { recursive: true })
  }
  const after = (await events()).found.get(uid)
  assert.equal(after.status, 'CANCELLED')
  assert.ok(after.event.sequence > before.event.sequence, `${after.event.sequence} follows ${before.event.sequence}`)
})
