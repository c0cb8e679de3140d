// The program as it was built, serving the catalogue that ships, for tests in JavaScript.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

async function freePort() {
  const server = createServer()
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address()
  await new Promise((closed) => server.close(closed))
  return port
}

/**
 * Starts opsmap with the catalogue that ships and a store that is gone afterwards; more are further variables.
 * @returns {Promise<{url: string, program: string, run: (...args: string[]) => string, start: () => Promise<void>, stop: () => Promise<void>}>}
 * its address, which ends with a slash, a way to run the owner's commands on its store, and ways to stop and start it
 */
export async function startServer(more = {}) {
  const scratch = mkdtempSync(join(tmpdir(), 'opsmap-test-'))
  process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))
  const program = resolve(process.env.OPSMAP_BIN ?? fileURLToPath(new URL('../../bin/opsmap', import.meta.url)))
  const address = `127.0.0.1:${await freePort()}`
  const env = { ...process.env, OPSMAP_ADDR: address, OPSMAP_STORE: `file:${join(scratch, 'opsmap.db')}`, ...more }
  let server
  process.on('exit', () => server.kill())
  const run = (...args) => execFileSync(program, args, { env, encoding: 'utf8' })
  const url = `http://${address}/`
  const start = async () => {
    let ended
    server = spawn(program, ['serve'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
    server.once('error', (error) => (ended = error.message))
    server.once('exit', (code) => (ended = `it ended with ${code}`))
    await ready(url, program, server, () => ended)
  }
  const stop = async () => {
    const gone = new Promise((resolve) => server.once('exit', resolve))
    server.kill()
    await gone
  }
  await start()
  return { url, program, run, start, stop }
}

/** Waits until a server answers that it is ready. */
async function ready(url, program, server, ended) {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((r) => setTimeout(r, 50))) {
    if (ended()) throw new Error(`${program} did not start: ${ended()}`)
    const answer = await fetch(new URL('readyz', url)).catch(() => undefined)
    if (answer?.ok) return
  }
  server.kill()
  throw new Error(`${program} was not ready within 30 seconds`)
}
