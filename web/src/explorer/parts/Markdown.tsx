import MarkdownIt from 'markdown-it'
import { createElement, Fragment, type ReactNode } from 'react'

// A tag in the text is text. Addresses are links only where the text says so.
const parser = new MarkdownIt({ html: false, linkify: false })

type Token = ReturnType<typeof parser.parse>[number]

/** The elements that become elements of the page; of anything else only the text is shown. */
const elements = new Set([
  'p',
  'ul',
  'ol',
  'li',
  'strong',
  'em',
  's',
  'blockquote',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
])

/** Headings begin below that of the page. */
const heading = (tag: string) => `h${Math.min(6, Number(tag.slice(1)) + 1).toString()}`

function element(token: Token, children: ReactNode[], key: number): ReactNode {
  if (/^h[1-6]$/.test(token.tag)) return createElement(heading(token.tag), { key }, ...children)
  if (token.tag === 'a') {
    const href = String(token.attrGet('href') ?? '')
    return /^(https?:|mailto:)/i.test(href) ? (
      <a key={key} href={href} rel="noreferrer">
        {children}
      </a>
    ) : (
      <Fragment key={key}>{children}</Fragment>
    )
  }
  if (token.hidden || !elements.has(token.tag)) return <Fragment key={key}>{children}</Fragment>
  return createElement(token.tag, { key }, ...children)
}

function leaf(token: Token, key: number): ReactNode {
  switch (token.type) {
    case 'inline':
      return <Fragment key={key}>{nodes(token.children ?? [])}</Fragment>
    case 'hr':
      return <hr key={key} />
    case 'hardbreak':
      return <br key={key} />
    case 'softbreak':
      return '\n'
    case 'code_inline':
      return <code key={key}>{token.content}</code>
    case 'fence':
    case 'code_block':
      return (
        <pre key={key}>
          <code>{token.content}</code>
        </pre>
      )
    default:
      return token.content
  }
}

/** The tokens of a document as elements, each with what stands between its beginning and its end. */
function nodes(tokens: readonly Token[]): ReactNode[] {
  const open: { token?: Token; children: ReactNode[] }[] = [{ children: [] }]
  tokens.forEach((token, key) => {
    if (token.nesting === 1) {
      open.push({ token, children: [] })
    } else if (token.nesting === -1) {
      const done = open.pop()
      if (done?.token) open.at(-1)?.children.push(element(done.token, done.children, key))
    } else {
      open.at(-1)?.children.push(leaf(token, key))
    }
  })
  return open[0]?.children ?? []
}

/** Markdown as elements of the page: nothing of it is ever taken for HTML. */
export default function Markdown({ text }: { text: string }) {
  return <>{nodes(parser.parse(text, {}))}</>
}
