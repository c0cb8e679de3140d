import EditorWorker from './workers/editor?worker'
import GraphQLWorker from './workers/graphql?worker'
import JsonWorker from './workers/json?worker'

// Monaco asks here for its workers; it has to be set before GraphiQL renders.
window.MonacoEnvironment = {
  getWorker(_id: string, label: string) {
    switch (label) {
      case 'graphql':
        return new GraphQLWorker()
      case 'json':
        return new JsonWorker()
      default:
        return new EditorWorker()
    }
  },
}
