// The live board in two browsers.
import { accessible, check, open, shoot } from './harness.mjs'
import { ask, use } from './meetups.mjs'

/** A meeting with a lean coffee and a topic on its agenda. */
export async function coffee(curator) {
  const { createMeeting } = await ask(
    'mutation($in: CreateMeetingInput!) { createMeeting(input: $in) { meeting { key } } }',
    {
      in: {
        title: 'An evening of lean coffee',
        startsAt: '2036-11-05T18:00:00Z',
        zone: 'Europe/Berlin',
        level: 'clear',
      },
    },
    curator,
  )
  const { key: meeting } = createMeeting.meeting
  const { createSession } = await ask(
    'mutation($in: CreateSessionInput!) { createSession(input: $in) { session { id } } }',
    { in: { title: 'Lean coffee', format: 'LEAN_COFFEE', meeting, minutes: 45, level: 'clear' } },
    curator,
  )
  const session = createSession.session.id
  for (const [topic, minutes] of [
    ['recurring-cleanup', 8],
    ['war-stories', 5],
    ['self-protection', 5],
  ]) {
    await ask(
      'mutation($in: AddToAgendaInput!) { addToAgenda(input: $in) { item { id } } }',
      { in: { session, topic, minutes } },
      curator,
    )
  }
  return { meeting, session }
}

const column = (page, name) => page.getByRole('region', { name, exact: true })
const card = (page, title) => page.locator('.agenda-item', { hasText: title })
const boardOf = (meeting) => `/?view=meetups&part=board&meeting=${meeting}`

/** Two people at one board: what one does, the other sees; whoever has no token only watches. */
export async function board(browser, contributor, curator) {
  const { meeting } = await coffee(curator)
  const watcher = await open(browser, boardOf(meeting), { until: 'load' })
  await card(watcher, 'Resource clean-up').waitFor()
  check((await watcher.locator('.coffee button').count()) === 0, 'without a token the board is there to be watched')
  const guest = await open(browser, boardOf(meeting), { until: 'load' })
  await use(guest, contributor)
  const host = await open(browser, boardOf(meeting), { until: 'load' })
  await use(host, curator)

  await guest.getByLabel('Propose a topic').fill('What a lean coffee is for')
  await guest.getByLabel('Who may see it, if it is new').selectOption('clear')
  await guest.getByRole('button', { name: 'Put it on the agenda' }).click()
  await card(watcher, 'What a lean coffee is for').waitFor()
  check(true, 'a topic that one proposes is there for the other')

  await guest.getByRole('button', { name: 'Place a dot on What a lean coffee is for' }).click()
  await card(watcher, 'What a lean coffee is for').getByText('1 dot', { exact: true }).waitFor()
  check((await card(watcher, '').first().textContent()).includes('What a lean coffee'), 'the most wanted comes first')
  await guest.reload({ waitUntil: 'load' })
  await guest.getByRole('button', { name: 'Take a dot from What a lean coffee is for' }).click()
  await card(watcher, 'What a lean coffee is for').getByText('0 dots', { exact: true }).waitFor()
  check(true, 'a dot is taken back after the page was loaded anew')
  await guest.getByRole('button', { name: 'Place a dot on Resource clean-up' }).click()
  await card(watcher, 'Resource clean-up').getByText('1 dot', { exact: true }).waitFor()
  check((await guest.getByRole('button', { name: /^Start/ }).count()) === 0, 'whoever takes part does not lead')

  await host.getByRole('button', { name: 'Start: Resource clean-up' }).click()
  const running = column(watcher, 'Discussing')
  await running.getByText('Resource clean-up').waitFor()
  const time = await running.getByRole('timer').textContent()
  check(/^[78]:\d\d$/.test(time), `what is talked about has its timebox (${time})`)
  await accessible(host, 'the board of who leads')
  await accessible(watcher, 'the board of who watches')
  await shoot(host, 'board')
  await host.getByRole('button', { name: 'Go on for 3 min: Resource clean-up' }).click()
  await running.getByText('left of 3 min').waitFor()
  await host.getByRole('button', { name: 'Start: War stories' }).click()
  await column(watcher, 'Done').getByText('Resource clean-up').waitFor()
  check(true, 'the next topic ends the one before')
  await host.getByRole('button', { name: /^Done: War stories/ }).focus()
  await host.keyboard.press('Enter')
  await column(watcher, 'Done').getByText('War stories').waitFor()
  check(true, 'the keyboard leads as well')
  for (const page of [watcher, guest, host]) await page.context().close()
  return meeting
}

/** What is above somebody's level is never sent to them, and what they no longer may see is gone at once. */
export async function boardLevels(browser, curator) {
  const { meeting, session } = await coffee(curator)
  const { proposeTopic } = await ask(
    'mutation { proposeTopic(input: {title: "A secret of few", level: "amber"}) { topic { id } } }',
    {},
    curator,
  )
  await ask(
    'mutation($in: AddToAgendaInput!) { addToAgenda(input: $in) { item { id } } }',
    { in: { session, topic: proposeTopic.topic.id } },
    curator,
  )
  const page = await open(browser, boardOf(meeting), { until: 'load' })
  await card(page, 'Resource clean-up').waitFor()
  check((await card(page, 'A secret of few').count()) === 0, 'what is above a level is not on the board')
  await use(page, curator)
  await card(page, 'A secret of few').waitFor()
  check(
    (await card(page, 'A secret of few').locator('.level').getAttribute('data-level')) === 'amber',
    'and is there, with its level, for those who may see it',
  )
  await page.locator('.viewer summary').click()
  await page.getByLabel('Look as').selectOption('anonymous')
  await card(page, 'Resource clean-up').waitFor()
  check((await card(page, 'A secret of few').count()) === 0, 'looking as another, one sees what they see')
  await page.context().close()
}

/** The server goes and comes back; whoever leaves the view ends the stream. */
export async function boardOffline(browser, server, curator) {
  const { meeting, session } = await coffee(curator)
  const context = await browser.newContext()
  // That the server cannot be reached is what is tried here, so the page of the harness would complain.
  const page = await context.newPage()
  const streams = []
  page.on('request', (request) => {
    if (request.postData()?.includes('subscription Board')) streams.push(request)
  })
  await page.goto(new URL(boardOf(meeting).slice(1), server.url).href, { waitUntil: 'load' })
  await card(page, 'Resource clean-up').waitFor()
  await server.stop()
  await page.getByText('Offline: this is how it was').waitFor()
  check(
    (await card(page, 'Resource clean-up').count()) === 1,
    'without a server the last there was is shown, and said to be old',
  )
  await accessible(page, 'the board without its server')
  await shoot(page, 'board-offline')
  await server.start()
  await page.getByText('Live: what others do').waitFor({ timeout: 30_000 })
  await ask(
    'mutation($in: AddToAgendaInput!) { addToAgenda(input: $in) { item { id } } }',
    { in: { session, topic: 'recurring-reconnect' } },
    curator,
  )
  await card(page, 'Finding a restarted service again').waitFor()
  check(true, 'when the server is back, the board goes on')
  const last = streams.at(-1)
  const ended = page.waitForEvent('requestfailed', (request) => request === last)
  await page.getByRole('link', { name: 'Season' }).click()
  await ended
  check(last.failure()?.errorText === 'net::ERR_ABORTED', 'whoever leaves the board ends its stream')
  await page.waitForTimeout(1500)
  check(streams.at(-1) === last, 'and does not follow again')
  await context.close()
}
