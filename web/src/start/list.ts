import { byTheme, type Question } from '../questions.ts'

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => escapes[c] ?? c)
}

/** The questions as HTML, each a link to its answer in the playground. */
export function questionList(questions: Question[]): string {
  return [...byTheme(questions)]
    .map(([theme, group]) => {
      const items = group
        .map((q) => `<li><a href="playground?question=${encodeURIComponent(q.name)}">${escapeHtml(q.text)}</a></li>`)
        .join('\n')
      return `<section>\n<h3>${escapeHtml(theme)}</h3>\n<ul>\n${items}\n</ul>\n</section>`
    })
    .join('\n')
}
