import { describe, expect, it } from 'vitest'
import { curlCommand, operationAddress, questionAddress, readAddress } from '../src/playground/address'

const base = new URL('http://map.test/below/playground?question=Old&docs#query=x')

describe('addresses', () => {
  it('name a question', () => {
    const url = questionAddress(base, 'WhichPracticesPort')
    expect(url.href).toBe('http://map.test/below/playground?question=WhichPracticesPort')
    expect(readAddress(url)).toEqual({ question: 'WhichPracticesPort', docs: false, query: null, variables: null })
    expect(questionAddress(base, null).href).toBe('http://map.test/below/playground')
  })

  it('carry an operation there and back, out of sight of the server', () => {
    const query = 'query X($a: String = "ä&=#+%") {\n  a\n}'
    const url = operationAddress(base, query, '{"a": 1}')
    expect(url.search).toBe('')
    expect(readAddress(url)).toEqual({ question: null, docs: false, query, variables: '{"a": 1}' })
    expect(readAddress(operationAddress(base, query, ' ')).variables).toBeNull()
  })

  it('open the documentation', () => {
    expect(readAddress(new URL('http://map.test/playground?docs')).docs).toBe(true)
  })
})

describe('curlCommand', () => {
  const endpoint = new URL('http://map.test/graphql')

  it('is a command a shell reads as it was meant', () => {
    expect(curlCommand(endpoint, '{ a(b: "it\'s") }', '{"n": 1}', 'X')).toBe(
      String.raw`curl -s 'http://map.test/graphql' -H 'content-type: application/json' -d '{"query":"{ a(b: \"it'\''s\") }","operationName":"X","variables":{"n":1}}'`,
    )
  })

  it('leaves out what is not there', () => {
    expect(curlCommand(endpoint, '{ a }', '', undefined)).toContain(`-d '{"query":"{ a }"}'`)
    expect(curlCommand(endpoint, '{ a }', '{ unfinished', undefined)).toContain(`-d '{"query":"{ a }"}'`)
  })
})
