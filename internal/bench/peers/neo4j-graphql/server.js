// @neo4j/graphql behind Apollo Server on the Neo4j that opsmap has written: the types name its labels, relationships
// and properties. It checks no confidentiality.
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { Neo4jGraphQL } from '@neo4j/graphql';
import neo4j from 'neo4j-driver';

const typeDefs = `#graphql
  type Layer @node { key: String! name: String! }
  type Provider @node { key: String! name: String! }
  type Person @node { key: String! name: String }
  type Practice @node {
    key: String!
    title: String!
    summary: String
    layers: [Layer!]! @relationship(type: "PRACTICE_LAYERS", direction: OUT)
    portabilityNotes: [PortabilityNote!]! @relationship(type: "PORTABILITY_NOTE_PRACTICE", direction: IN)
  }
  type Topic @node {
    key: String!
    title: String!
    summary: String
    votes: Int!
    parent: [Topic!]! @relationship(type: "TOPIC_PARENT", direction: OUT)
    raisedBy: [Person!]! @relationship(type: "TOPIC_RAISED_BY", direction: OUT)
    practices: [Practice!]! @relationship(type: "TOPIC_PRACTICES", direction: OUT)
  }
  type PortabilityNote @node {
    key: String!
    verdict: String!
    observedOn: String
    practice: [Practice!]! @relationship(type: "PORTABILITY_NOTE_PRACTICE", direction: OUT)
    from: [Provider!]! @relationship(type: "PORTABILITY_NOTE_FROM", direction: OUT)
    to: [Provider!]! @relationship(type: "PORTABILITY_NOTE_TO", direction: OUT)
  }
`;

const driver = neo4j.driver(process.env.NEO4J_URI, undefined, { telemetryDisabled: true });
// What somebody who runs it would have: an index on what is looked up.
for (const label of ['Topic', 'Provider']) {
  await driver.executeQuery(`CREATE INDEX bench_${label} IF NOT EXISTS FOR (n:${label}) ON (n.key)`);
}
await driver.executeQuery('CALL db.awaitIndexes(60)');
const neo = new Neo4jGraphQL({ typeDefs, driver, features: { filters: { String: { GTE: true } } } });
const server = new ApolloServer({ schema: await neo.getSchema(), introspection: false });
await startStandaloneServer(server, {
  context: async () => ({ sessionConfig: { defaultAccessMode: 'READ' } }),
  listen: { host: '127.0.0.1', port: Number(process.env.PORT) },
});
process.on('SIGTERM', () => process.exit(0));
