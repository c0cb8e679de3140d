// How smooth the map is with as many things on it as are named: npm run measure -- 2000
import { browser, open } from './harness.mjs'
import { startServer } from './server.mjs'
import { load, manyOf } from './world.mjs'

const count = Number(process.argv[2] ?? 2000)
const server = await startServer()
load(server, manyOf(count))
const page = await open(browser, '/schema.graphql', { site: new URL(server.url) })

const drawn = '.lane .item'
await page.goto(`${server.url}?view=map`)
await page.locator(drawn).first().waitFor()
const first = await page.evaluate(() => Math.round(performance.now()))
await page.waitForTimeout(1000)
console.log(`the first of them stands after ${first} ms`)
console.log(`${await page.locator('.item[data-id]').count()} cards, ${await page.locator('*').count()} elements`)

/** What a step does to the frames: the middle one, the slowest of twenty, the slowest, in milliseconds. */
async function frames(what, step) {
  const times = await page.evaluate(async (source) => {
    const all = []
    let last
    let on = true
    const tick = (now) => {
      if (last !== undefined) all.push(now - last)
      last = now
      if (on) requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
    const frame = () => new Promise(requestAnimationFrame)
    await new Function('frame', `return (async () => { ${source} })()`)(frame)
    await new Promise((resolve) => setTimeout(resolve, 700))
    on = false
    return all.sort((a, b) => a - b)
  }, step)
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(0)
  console.log(`${what}: ${at(0.5)} in the middle, ${at(0.95)} of twenty, ${at(1)} at most`)
}

const choose = (label, value) => `
  const select = document.getElementById([...document.querySelectorAll('label')].find((l) => l.textContent === '${label}').htmlFor)
  Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set.call(select, '${value}')
  select.dispatchEvent(new Event('change', { bubbles: true }))`

await frames('scrolling', 'for (let y = 0; y < document.body.scrollHeight; y += 120) { scrollTo(0, y); await frame() }')
await frames('selecting', `document.querySelectorAll('${drawn}')[5].click()`)
await frames('another one', `document.querySelectorAll('${drawn}')[9].click()`)
await frames('narrowing to topics', choose('What', 'topic'))
await frames('and to one kind', choose('Kind', 'QUESTION'))
await frames('everything again', choose('What', ''))
await frames('the table', `document.querySelector('.check input').click()`)
await browser.close()
await server.stop()
process.exit(0)
