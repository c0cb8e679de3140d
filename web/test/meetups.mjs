// Meetups in a browser: votes, the season, the documents of a meeting and the live board.
import { base, check, open } from './harness.mjs'

/** Lets a page ask with a token, as its reader would. */
export async function use(page, token) {
  await page.locator('.viewer summary').click()
  await page.getByLabel('Token').fill(token)
  await page.getByRole('button', { name: 'Use this token' }).click()
  await page.keyboard.press('Escape')
}

/** Asks the server without a browser. */
export async function ask(query, variables = {}, token = '') {
  const answer = await fetch(new URL('graphql', base), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = await answer.json()
  if (errors) throw new Error(`${query}: ${errors[0].message}`)
  return data
}

/** A vote is taken back from another page than the one it was cast on, and two clicks are one vote. */
export async function votes(browser, token) {
  const page = await open(browser, '/?view=meetups')
  await use(page, token)
  const row = page.locator('table.plain tbody tr', { hasText: 'Resource clean-up' })
  const cell = row.locator('td').first()
  const before = parseInt(await cell.textContent(), 10)
  await row.getByRole('button', { name: /^Vote for/ }).dblclick()
  await row.getByRole('button', { name: /^Take back/ }).waitFor()
  check(parseInt(await cell.textContent(), 10) === before + 1, 'two clicks are one vote')
  await page.reload({ waitUntil: 'networkidle' })
  await row.getByRole('button', { name: /^Take back/ }).click()
  await row.getByRole('button', { name: /^Vote for/ }).waitFor()
  check(parseInt(await cell.textContent(), 10) === before, 'a vote is taken back after the page was loaded anew')
  await page.context().close()
}

/** The same mutation, sent again, is written once; what is wrong with a field is said beside it. */
export async function onceOnly(browser, token) {
  const page = await open(browser, '/?view=portability&from=vsphere&to=osism&verdict=UNKNOWN')
  await use(page, token)
  const first = page.locator('.moves tbody button').first()
  await first.click()
  await page.locator('form.note').waitFor()
  const address = await page.locator('.proof a.act').getAttribute('href')
  const practice = new URL(page.url()).searchParams.get('practice')
  const { portability } = await ask(
    'query($p: String!) { portability(practice: $p, from: "vsphere", to: "osism") { contributeUrl } }',
    { p: practice },
  )
  check(address === portability.contributeUrl, 'the form of an unknown cell is that of the API')
  const level = page.locator('form.note').getByLabel('Who may see it')
  check((await level.inputValue()) === 'green', 'the form says who may see what is written')
  const wrong = page.locator('form.note .wrong')
  await page.getByLabel('In one sentence').fill('Twice sent,\u0007 once written.')
  await page.getByRole('button', { name: 'Add it to the map' }).click()
  await page.locator('form.note textarea[aria-invalid=true]').waitFor()
  check((await wrong.textContent()).includes('control characters'), 'what is wrong with a field is said beside it')
  // The answer to the first attempt is lost on its way.
  let lost = 0
  await page.route(
    (url) => url.pathname.endsWith('/graphql'),
    async (route) => {
      if (route.request().postData()?.includes('recordNote') && lost++ === 0) {
        await route.fetch()
        return route.fulfill({ status: 200, contentType: 'text/plain', body: '' })
      }
      return route.continue()
    },
  )
  await page.getByLabel('In one sentence').fill('Sent again, written once.')
  await page.getByRole('button', { name: 'Add it to the map' }).click()
  await page.locator('form.note [role=alert]', { hasText: 'nothing else' }).waitFor()
  await page.getByRole('button', { name: 'Add it to the map' }).click()
  await page.locator('.proof .reasons', { hasText: 'Sent again, written once.' }).waitFor()
  const { portabilityNotes } = await ask(
    '{ portabilityNotes(where: {practice: {key: {eq: "' +
      practice +
      '"}}, from: {key: {eq: "vsphere"}}, to: {key: {eq: "osism"}}}) { totalCount } }',
    {},
    token,
  )
  check(
    portabilityNotes.totalCount === 1,
    `an attempt that is repeated is written once (${portabilityNotes.totalCount})`,
  )
  await page.context().close()
}
