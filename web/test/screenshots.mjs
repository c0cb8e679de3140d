// The pictures of the README, taken from bin/opsmap into docs/: npm run screenshots
import { fileURLToPath } from 'node:url'
import { coffee } from './board.mjs'
import { browser, open, problems, server } from './harness.mjs'
import { ask, use } from './meetups.mjs'

const docs = fileURLToPath(new URL('../../docs/', import.meta.url))

const pictures = [
  { file: 'start.png', path: '/', shows: 'text=On this map:' },
  {
    file: 'portability.png',
    path: '/?view=portability&from=vsphere&to=osism&practice=live-migrate-before-maintenance',
    shows: '.proof h2',
  },
  { file: 'heat-map.png', path: '/?view=portability&from=aws&all=yes', shows: '.heat tbody td', top: '.heat' },
  { file: 'map.png', path: '/?view=map&id=Practice:broker-restart-reconnect', shows: '.lines path' },
  { file: 'exit.png', path: '/?view=exit&from=aws&to=osism', shows: '.curve .dot' },
  {
    file: 'season.png',
    path: '/?view=meetups&part=season&series=open-operations&dates=2037-01-14,2037-02-11,2037-03-11,2037-04-15&lock=2037-02-11=war-stories&why=2037-01-14',
    shows: '.why-slot',
  },
]

/** The live board while it goes on, as who leads sees it. */
async function lively() {
  const token = JSON.parse(
    server.run('token', 'create', '--json', '--clearance', 'green', '--role', 'curator', '--person', 'goern'),
  ).token
  const { meeting, session } = await coffee(token)
  const topic = (key) => `${session.replace('Session:', 'AgendaItem:')}--${key}`
  await ask(
    `mutation { placeDots(input: {session: "${session}", dots: [{topic: "war-stories", dots: 2}, {topic: "self-protection", dots: 1}]}) { session { id } } }`,
    {},
    token,
  )
  for (const key of ['recurring-cleanup', 'war-stories']) {
    await ask(`mutation { moveAgendaItem(input: {item: "${topic(key)}", state: RUNNING}) { item { id } } }`, {}, token)
  }
  const page = await open(browser, `/?view=meetups&part=board&meeting=${meeting}`, {
    viewport: { width: 1400, height: 860 },
    until: 'load',
  })
  await use(page, token)
  await page.getByRole('button', { name: /^Done: War stories/ }).waitFor()
  await page.screenshot({ path: `${docs}lean-coffee.png` })
  await page.context().close()
}

try {
  for (const { file, path, shows, top } of pictures) {
    const page = await open(browser, path, { viewport: { width: 1400, height: 860 } })
    await page.locator(shows).first().waitFor()
    // What has the focus has a ring, which a picture does without.
    await page.evaluate(() => document.activeElement?.blur())
    if (top) await page.locator(top).evaluate((element) => element.scrollIntoView())
    await page.screenshot({ path: `${docs}${file}` })
    await page.context().close()
  }
  await lively()
} finally {
  await browser.close()
  server.stop()
}
if (problems.length > 0) {
  console.error(problems.join('\n'))
  process.exit(1)
}
