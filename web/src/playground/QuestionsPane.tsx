import { useGraphiQL, type GraphiQLPlugin } from '@graphiql/react'
import { byTheme, type Question } from '../questions'
import { LineIcon } from './LineIcon'
import { questionAddress } from './address'
import { allQuestions, questions } from './shipped'
import { useAsk } from './useAsk'

function showAddress(name: string | null) {
  window.history.replaceState(null, '', questionAddress(new URL(window.location.href), name))
}

function QuestionButton({ question }: { question: Question }) {
  const ask = useAsk()
  const current = useGraphiQL((state) => state.operationName === question.name)
  return (
    <button
      type="button"
      disabled={!ask}
      aria-current={current}
      onClick={() => {
        showAddress(question.name)
        ask?.(question.document, question.name)
      }}
    >
      {question.text}
    </button>
  )
}

function AllButton() {
  const ask = useAsk()
  const first = questions[0]
  if (!first) return null
  return (
    <button
      type="button"
      disabled={!ask}
      onClick={() => {
        showAddress(null)
        ask?.(allQuestions, first.name)
      }}
    >
      All of them in one document
    </button>
  )
}

function QuestionsPane() {
  return (
    <section className="questions" aria-label="Questions">
      <h2>Questions</h2>
      <p>
        Each puts its operation into the editor and asks it. Change it there and run it again: Ctrl-Enter, or Cmd-Enter
        on a Mac.
      </p>
      {[...byTheme(questions)].map(([theme, group]) => (
        <section key={theme}>
          <h3>{theme}</h3>
          <ul>
            {group.map((question) => (
              <li key={question.name}>
                <QuestionButton question={question} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      <AllButton />
    </section>
  )
}

function QuestionsIcon() {
  return (
    <LineIcon>
      <circle cx="12" cy="12" r="9.5" />
      <path d="M9.2 9.3a2.9 2.9 0 1 1 4.3 2.6c-1 .6-1.5 1.1-1.5 2.2" />
      <path d="M12 17.2v.1" />
    </LineIcon>
  )
}

export const questionsPlugin: GraphiQLPlugin = { title: 'Questions', icon: QuestionsIcon, content: QuestionsPane }
