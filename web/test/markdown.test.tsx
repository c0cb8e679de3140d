import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import Markdown from '../src/explorer/parts/Markdown.tsx'

const shown = (text: string) => renderToStaticMarkup(<Markdown text={text} />)

describe('a document', () => {
  it('is elements of the page', () => {
    expect(shown('# A\n\n- **b** (talk)\n  with \\*c\\*\n\n---\n\nCome: <https://example.org/x>\n')).toBe(
      '<h2>A</h2><ul><li><strong>b</strong> (talk)\nwith *c*</li></ul><hr/><p>Come: <a href="https://example.org/x" rel="noreferrer">https://example.org/x</a></p>',
    )
  })
  it('is never HTML', () => {
    expect(
      shown('<img src=x onerror=alert(1)>\n\n<script>1</script> [a](javascript:alert(1)) ![b](https://example.org/i)'),
    ).not.toMatch(/<img|<script|href/)
  })
})
