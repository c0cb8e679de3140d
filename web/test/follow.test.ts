// @vitest-environment node
import { describe, expect, it, vi } from 'vitest'

vi.stubGlobal('document', { baseURI: 'http://127.0.0.1/' })
const { eventReader, pause } = await import('../src/explorer/follow.ts')

describe('events of a stream', () => {
  it('are taken apart wherever the text is cut', () => {
    const text =
      'event: next\ndata: {"a":1}\n\n:\n\nevent: next\r\ndata: {"b":\r\ndata: 2}\r\n\r\nevent: complete\ndata: \n\n'
    for (let size = 1; size < text.length; size += 3) {
      const read = eventReader()
      const events = []
      for (let at = 0; at < text.length; at += size) events.push(...read(text.slice(at, at + size)))
      expect(events).toEqual([
        { name: 'next', data: '{"a":1}' },
        { name: '', data: '' },
        { name: 'next', data: '{"b":\n2}' },
        { name: 'complete', data: '' },
      ])
    }
  })
  it('wait for their end', () => {
    expect(eventReader()('event: next\ndata: {}\n')).toEqual([])
  })
})

describe('attempts to follow again', () => {
  it('come less often, and never seldom', () => {
    expect([0, 1, 2, 20].map(pause)).toEqual([500, 1000, 2000, 10_000])
  })
})
