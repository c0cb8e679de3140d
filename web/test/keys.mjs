// The main path of each view without a mouse: what is reached is seen to be, and panels give the focus back.
import { check, open, settled, visit } from './harness.mjs'

/** Tabs until something is reached; whether it is, and was seen to be. */
async function tabTo(page, selector, most = 200) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab')
    const found = await page.evaluate((wanted) => {
      const at = document.activeElement
      if (!at || at === document.body) return 'nothing'
      const style = getComputedStyle(at)
      const seen = at.matches(':focus-visible') && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
      if (!seen) return `unseen ${at.outerHTML.slice(0, 120)}`
      return at.matches(wanted) ? 'there' : 'elsewhere'
    }, selector)
    if (found === 'there') return true
    if (found.startsWith('unseen')) check(false, `the focus cannot be seen: ${found}`)
  }
  return false
}

const at = (page) => page.evaluate(() => document.activeElement?.outerHTML ?? '')
const focused = (page, selector) =>
  page
    .waitForFunction((wanted) => document.activeElement?.matches(wanted), selector, { timeout: 5000 })
    .then(
      () => true,
      () => false,
    )

/** From the start to a practice by a symptom. */
async function start(page) {
  await visit(page, '/')
  await page.keyboard.press('Tab')
  check((await at(page)).includes('skip'), 'the first stop leads to the content')
  await page.keyboard.press('Enter')
  check(await focused(page, '#content'), 'and goes there')
  check(await tabTo(page, 'input[type=search]'), 'the search is reached')
  await page.keyboard.type('RPC MessagingTimeout')
  await page.keyboard.press('Enter')
  await settled(page)
  check(await focused(page, '#content'), 'another view takes the focus')
  check(await tabTo(page, '.hits a'), 'what was found is reached')
  await page.keyboard.press('Enter')
  await settled(page)
  check(await focused(page, '.proof h2'), 'and opens with its details')
}

/** To a proof, its sources, the way to add what one knows, and back to where one was. */
async function portability(page) {
  await visit(page, '/?view=portability&from=vsphere&to=proxmox&verdict=BLOCKED')
  check(await tabTo(page, '.moves tbody button'), 'a practice is reached')
  const before = await at(page)
  await page.keyboard.press('Enter')
  await settled(page)
  check(await focused(page, '.proof h2'), 'its proof takes the focus')
  check(await tabTo(page, '.proof .sources a'), 'its sources are reached')
  check(await tabTo(page, '.proof .act'), 'and the way to add what one knows')
  await page.keyboard.press('Escape')
  check(await focused(page, '.moves tbody button'), 'Escape gives the focus back')
  check((await at(page)).replace('true', 'false') === before.replace('true', 'false'), 'to the practice it came from')
}

async function compare(page) {
  await visit(page, '/?view=compare&a=proxmox&b=osism')
  check(await tabTo(page, '.summary button:not(.none)'), 'a relation is reached')
  await page.keyboard.press('Enter')
  await settled(page)
  check(page.url().includes('relation='), 'and picked')
  check(await tabTo(page, '.scroll'), 'the table can be scrolled')
}

async function exit(page) {
  await visit(page, '/?view=exit&from=aws&to=osism')
  check(await tabTo(page, '.plain th a'), 'a move is reached')
  await page.keyboard.press('Enter')
  await settled(page)
  check(await focused(page, '.proof h2'), 'and leads to its proof')
}

async function contribute(page) {
  await visit(page, '/?view=contribute&platform=proxmox')
  check(await tabTo(page, '.gaps a.act'), 'the way to add what one knows is reached')
}

async function files(page) {
  await visit(page, '/?view=map&layer=applications')
  check(await tabTo(page, '.tools a'), 'the query of a view is reached')
  await page.keyboard.press('Tab')
  const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
  check(file.suggestedFilename() === 'map.csv', 'and its files')
}

/** Who prefers less motion gets none. */
async function motion(page) {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter((e) => {
        const style = getComputedStyle(e)
        return style.transitionDuration !== '0s' || style.animationName !== 'none' || style.scrollBehavior === 'smooth'
      }).length,
  )
  check(moving === 0, 'nothing moves for who prefers less motion')
}

export async function keysOnly(browser) {
  const page = await open(browser, '/', { acceptDownloads: true })
  for (const path of [start, portability, compare, exit, contribute, files, motion]) await path(page)
  await page.context().close()
}
