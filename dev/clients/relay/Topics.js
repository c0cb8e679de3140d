// A list with paging as an application with Relay writes it: a fragment that pages itself, on every type of connection
// that an application meets, and a query around it. Relay's compiler makes the operations of it.
import { graphql } from 'relay-runtime'

export const topics = graphql`
  fragment Topics_query on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 4 }, cursor: { type: "String" })
  @refetchable(queryName: "TopicsPageQuery") {
    topics(first: $count, after: $cursor, orderBy: [{ votes: DESC }, { title: ASC }])
      @connection(key: "Topics_query_topics") {
      totalCount
      edges {
        node {
          id
          title
          ...TopicsLayers_topic
        }
      }
    }
  }
`

export const layers = graphql`
  fragment TopicsLayers_topic on Topic
  @argumentDefinitions(count: { type: "Int", defaultValue: 1 }, cursor: { type: "String" })
  @refetchable(queryName: "TopicsLayersPageQuery") {
    layers(first: $count, after: $cursor) @connection(key: "TopicsLayers_topic_layers") {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`

export const query = graphql`
  query TopicsQuery($count: Int) {
    ...Topics_query @arguments(count: $count)
  }
`
