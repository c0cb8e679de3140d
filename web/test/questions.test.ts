import { Kind, parse, type OperationDefinitionNode } from 'graphql'
import { describe, expect, it } from 'vitest'
import { allQuestions, questions } from '../src/playground/shipped'
import { byTheme, parseQuestion } from '../src/questions'
import { questionList } from '../src/start/list'

function operations(document: string): OperationDefinitionNode[] {
  return parse(document).definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION)
}

describe('the questions that ship', () => {
  it.each(questions)('$name is one named query that runs as it is', ({ name, document }) => {
    const [operation, ...others] = operations(document)
    expect(others).toEqual([])
    expect(operation?.name?.value).toBe(name)
    expect(operation?.operation).toBe('query')
    for (const variable of operation?.variableDefinitions ?? []) {
      expect(variable.defaultValue, variable.variable.name.value).toBeDefined()
    }
  })

  it('are questions', () => {
    for (const { text } of questions) expect(text).toMatch(/^[A-Z].*\?$/)
  })

  it('make one document', () => {
    expect(operations(allQuestions).map((o) => o.name?.value)).toEqual(questions.map((q) => q.name))
    const fragments = parse(allQuestions).definitions.flatMap((d) =>
      d.kind === Kind.FRAGMENT_DEFINITION ? [d.name.value] : [],
    )
    expect(new Set(fragments).size).toBe(fragments.length)
  })

  it('cover every theme', () => {
    expect(byTheme(questions).size).toBe(4)
  })
})

describe('parseQuestion', () => {
  const source = '# Why?\n# Because.\nquery Why($n: Int = 1) {\n  a\n}\n'

  it('reads the first line and the name', () => {
    expect(parseQuestion('11-why.graphql', source)).toEqual({
      name: 'Why',
      text: 'Why?',
      theme: 'What moves, and what does not',
      document: source,
    })
  })

  it.each([
    ['no question', '11-why.graphql', 'query Why { a }\n'],
    ['no name', '11-why.graphql', '# Why?\n{ a }\n'],
    ['no theme', 'why.graphql', source],
  ])('refuses a file with %s and names it', (_, file, text) => {
    expect(() => parseQuestion(file, text)).toThrow(file)
  })
})

describe('questionList', () => {
  it('links each question and keeps its text text', () => {
    const html = questionList([parseQuestion('21-x.graphql', '# Is <b> & "c"?\nquery X { a }\n')])
    expect(html).toContain('<a href="playground?question=X">Is &lt;b&gt; &amp; &quot;c&quot;?</a>')
    expect(html).toContain('<h3>What may be said where</h3>')
  })
})
