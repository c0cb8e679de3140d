// The playground in a browser.
import { accessible, check, open, questions, shoot } from './harness.mjs'

const editor = (page, name) =>
  page.evaluate(
    (end) =>
      globalThis.__MONACO?.editor
        .getModels()
        .find((m) => m.uri.path.endsWith(end))
        ?.getValue() ?? '',
    name,
  )

/** The answer that is shown for an operation, once it is there. */
export async function shownAnswer(page) {
  await page.waitForFunction(
    () => {
      const model = globalThis.__MONACO?.editor.getModels().find((m) => m.uri.path.endsWith('response.json'))
      return model && /^\{[^]*\}$/.test(model.getValue().trim())
    },
    null,
    { timeout: 20_000 },
  )
  return JSON.parse(await editor(page, 'response.json'))
}

export const hasData = (answer) =>
  !answer.errors && answer.data != null && Object.values(answer.data).every((value) => value !== null)

export async function playground(browser, colorScheme) {
  const page = await open(browser, '/playground', { colorScheme })
  await page.locator('.graphiql-query-editor .view-line').first().waitFor()
  const all = await editor(page, 'operation.graphql')
  check(
    questions.every((q) => all.includes(`query ${q.name}`)),
    '/playground opens with every question',
  )
  check(hasData(await shownAnswer(page)), 'and with the answer to the first')
  await accessible(page, `/playground ${colorScheme}`, true)
  await shoot(page, `playground-all-${colorScheme}`)

  for (const { name, text } of questions) {
    await page.getByRole('button', { name: text, exact: true }).click()
    const answer = await shownAnswer(page)
    check(hasData(answer), `${name} has an answer${answer.errors ? `: ${JSON.stringify(answer.errors)}` : ''}`)
    check(page.url().endsWith(`?question=${name}`), `${name} is in the address`)
  }
  await page.getByRole('button', { name: questions[0].text, exact: true }).click()
  await shownAnswer(page)
  // The parts of the editor that load later: completion, folding, the workers' first marks.
  await page.waitForTimeout(1500)
  const marks = await page.evaluate(() => globalThis.__MONACO.editor.getModelMarkers({}).map((m) => m.message))
  check(marks.length === 0, `the editor has nothing to object to${marks.length ? `: ${marks.join('; ')}` : ''}`)
  await accessible(page, `/playground with an answer, ${colorScheme}`, true)
  await shoot(page, `playground-answer-${colorScheme}`)

  await page.keyboard.press('Escape')
  await page.locator('.graphiql-query-editor .monaco-editor').click()
  await page.keyboard.press('Control+z')
  check(
    (await editor(page, 'operation.graphql')).includes(`query ${questions.at(-1).name}`),
    'undo brings back what was in the editor',
  )
  await page.context().close()
}

export async function ownOperation(browser) {
  const query = '{ viewer { clearance } }'
  const page = await open(browser, `/playground#${new URLSearchParams({ query })}`)
  await page.locator('.graphiql-query-editor .view-line').first().waitFor()
  check((await editor(page, 'operation.graphql')) === query, 'an operation in the address is put into the editor')
  check((await editor(page, 'response.json')) === '', 'and not run by itself')
  await page.getByRole('button', { name: 'Execute query' }).click()
  check(hasData(await shownAnswer(page)), 'but by its button')
  await page.context().close()
}

/** A token, looking as somebody who is trusted less, and how an answer comes about. */
export async function viewAsAndExplain(browser, token) {
  const query = '{ viewer { clearance } topics(first: 1) { nodes { title } } }'
  const page = await open(browser, `/playground#${new URLSearchParams({ query })}`)
  await page.locator('.graphiql-query-editor .view-line').first().waitFor()
  await page.getByRole('button', { name: 'Execute query' }).click()
  const as = async (clearance) => {
    await page.waitForFunction(
      (wanted) =>
        globalThis.__MONACO.editor
          .getModels()
          .find((m) => m.uri.path.endsWith('response.json'))
          ?.getValue()
          .includes(`"clearance": "${wanted}"`),
      clearance,
    )
    check(true, `the playground asks as ${clearance}`)
  }
  await as('clear')
  await page.locator('.viewer summary').click()
  await page.getByLabel('Token').fill(token)
  await page.getByRole('button', { name: 'Use this token' }).click()
  await as('amber')
  const levels = page.getByLabel('Look as')
  await levels.locator('option', { hasText: 'TLP:GREEN' }).waitFor({ state: 'attached' })
  check((await levels.locator('option', { hasText: 'TLP:RED' }).count()) === 0, 'and offers no level above its own')
  await accessible(page, 'the playground with who asks', true)
  await levels.selectOption('green')
  await as('green')
  await levels.selectOption('')
  await as('amber')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Show Explain' }).click()
  await page.getByLabel('How its answer comes about').check()
  await page.getByLabel('What the operation costs').check()
  await page.locator('.explain h3').first().waitFor()
  check((await page.locator('.explain').textContent()).includes('MATCH'), 'Explain shows the plan, and Cypher for it')
  await accessible(page, 'the playground with an explanation', true)
  await shoot(page, 'playground-explain')
  await page.getByRole('button', { name: 'Show History' }).click()
  await page.locator('.graphiql-history-item').first().waitFor()
  check(true, 'what was asked is in the history')
  await page.getByRole('button', { name: 'Headers' }).click()
  await page.locator('.graphiql-editor-tool .monaco-editor:visible').click()
  await page.keyboard.insertText('{"opsmap-view-as": "anonymous"}')
  await page.getByRole('button', { name: 'Execute query' }).click()
  await as('clear')
  await page.context().close()
}

export async function documentation(browser) {
  const page = await open(browser, '/playground?docs')
  await page.getByRole('link', { name: 'Query', exact: true }).click()
  check(
    await page.getByRole('link', { name: 'portablePractices' }).first().isVisible(),
    '?docs opens the documentation',
  )
  await accessible(page, '/playground?docs', true)
  await shoot(page, 'playground-docs')
  await page.context().close()
}

export async function narrowPlayground(browser) {
  const path = `/playground?question=${questions[0].name}`
  const page = await open(browser, path, { viewport: { width: 390, height: 800 } })
  await shownAnswer(page)
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  check(overflow <= 0, `${path} fits a narrow screen`)
  await shoot(page, 'playground-narrow')
  await page.context().close()
}
