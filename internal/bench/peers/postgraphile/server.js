// PostGraphile on the PostgreSQL that the benchmark has filled.
import http from 'node:http';
import simplify from '@graphile-contrib/pg-simplify-inflector';
import pg from 'postgraphile';
import filter from 'postgraphile-plugin-connection-filter';

const handler = pg.postgraphile(process.env.DATABASE_URL, 'public', {
  appendPlugins: [simplify.default ?? simplify, filter.default ?? filter],
  disableDefaultMutations: true,
  disableQueryLog: true,
  dynamicJson: true,
  graphiql: false,
  ignoreRBAC: true,
  legacyRelations: 'omit',
});
http.createServer(handler).listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
