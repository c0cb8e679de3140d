import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { Kind, parse } from 'graphql'
import { useCallback } from 'react'

/** Puts a document into the editor and runs the operation of that name; null while the editor is loading. */
export function useAsk(): ((document: string, operationName: string) => void) | null {
  const { queryEditor, responseEditor, variableEditor } = useGraphiQL(
    pick('queryEditor', 'responseEditor', 'variableEditor'),
  )
  const actions = useGraphiQLActions()
  const ask = useCallback(
    (document: string, operationName: string) => {
      const model = queryEditor?.getModel()
      if (!queryEditor || !model) return
      if (model.getValue() !== document) {
        // An edit rather than a new value: undo brings back what was there.
        queryEditor.executeEdits('question', [{ range: model.getFullModelRange(), text: document }])
        queryEditor.pushUndoStop()
        queryEditor.setPosition({ lineNumber: 1, column: 1 })
        queryEditor.setScrollTop(0)
      }
      variableEditor?.setValue('')
      // GraphiQL finds these out a moment after an edit; the run needs them now.
      const documentAST = parse(document)
      const operations = documentAST.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION)
      actions.setOperationFacts({ documentAST, operationName, operations })
      actions.run()
    },
    [queryEditor, variableEditor, actions],
  )
  return queryEditor && responseEditor ? ask : null
}

/** Runs what is in the editor once more, where it was run before. */
export function useAgain(): () => void {
  const { responseEditor, isFetching } = useGraphiQL(pick('responseEditor', 'isFetching'))
  const actions = useGraphiQLActions()
  return () => {
    if (isFetching || responseEditor?.getValue()) actions.run()
  }
}
