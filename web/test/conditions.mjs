// What stands where an answer will be, or cannot be: each view while it waits, on a server that fails, and on an empty map.
import { accessible, check, open, settled, shoot, visit } from './harness.mjs'
import { startServer } from './server.mjs'

const views = [
  '/',
  ...['portability', 'compare', 'exit', 'map', 'meetups', 'contribute', 'search&q=broker'].map((v) => `/?view=${v}`),
]

const shown = (page, text) => page.getByText(text).first().waitFor({ timeout: 10_000 })

/** A server that takes its time, one that answers with 500 and one that is gone; asked again, the answer comes. */
export async function failing(browser) {
  const page = await open(browser, '/', { expected: true })
  for (const path of views) {
    let release = () => {}
    const held = new Promise((resolve) => (release = resolve))
    await page.route('**/graphql', async (route) => {
      await held
      await route.fulfill({
        status: 500,
        contentType: 'application/json',
        body: '{"errors":[{"message":"internal error"}]}',
      })
    })
    await page.goto(new URL(path, page.url()).href)
    await shown(page, /^Asking about/)
    check(true, `${path}: while it waits it says so`)
    if (path.includes('map')) await accessible(page, `${path} while it waits`)
    release()
    await shown(page, /No answer about .*internal error/)
    check((await page.locator('h1').count()) === 1, `${path}: a server that fails is said to`)
    if (path.includes('portability')) {
      await accessible(page, `${path} of a server that fails`)
      await shoot(page, 'failing')
    }
    await page.unroute('**/graphql')
    await page.route('**/graphql', (route) => route.abort('connectionrefused'))
    await page.goto(new URL(path, page.url()).href)
    await shown(page, /No answer about .*does not answer/)
    check(true, `${path}: a server that is gone is said to be`)
    await page.unroute('**/graphql')
    await page.getByRole('button', { name: 'Ask again' }).first().click()
    await settled(page)
    check((await page.locator('.problem').count()) === 0, `${path}: asked again, it answers`)
  }
  await page.context().close()
}

/** A map on which there is nothing yet. */
export async function empty(browser) {
  const server = await startServer({ OPSMAP_CATALOGUE: 'none' })
  const page = await open(browser, '/', { site: new URL(server.url) })
  for (const [path, words] of [
    ['/', /This map is empty/],
    ['/?view=portability', /No platform is on the map/],
    ['/?view=compare', /No platform is on the map/],
    ['/?view=exit', /No platform is on the map/],
    ['/?view=map', /Nothing is on this map yet/],
    ['/?view=search&q=broker', /Nothing on the map fits/],
  ]) {
    const text = await visit(page, path)
    check(words.test(text), `${path}: an empty map is said to be empty`)
    check((await page.locator('.problem').count()) === 0, `${path}: which is no mistake of anybody`)
    await accessible(page, `${path} of an empty map`)
  }
  await page.context().close()
  server.stop()
}
