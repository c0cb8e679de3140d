// The page is complete without this: it fills in the address of this server and how much is on its map.

const endpoint = new URL('graphql', document.baseURI)

const shown = document.getElementById('endpoint')
if (shown) shown.textContent = endpoint.href

const kinds = [
  ['practices', 'practices'],
  ['platforms', 'platforms'],
  ['portabilityNotes', 'notes on moving between them'],
  ['topics', 'topics'],
  ['stories', 'stories'],
] as const

async function showCounts(target: HTMLElement) {
  const query = `{ ${kinds.map(([field]) => `${field}(first: 1) { totalCount }`).join(' ')} }`
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query }),
  })
  const { data } = (await response.json()) as { data?: Partial<Record<string, { totalCount: number } | null>> }
  const parts = kinds.flatMap(([field, words]) => {
    const count = data?.[field]?.totalCount
    return count ? [`${count.toLocaleString('en')} ${words}`] : []
  })
  if (parts.length === 0) return
  target.textContent = `On this map: ${parts.join(', ')}.`
  target.hidden = false
}

const counts = document.getElementById('counts')
if (counts) {
  showCounts(counts).catch(() => {
    // Without an answer the line stays away; the links below lead to whatever the server says.
  })
}
