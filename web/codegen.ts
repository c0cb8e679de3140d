import type { CodegenConfig } from '@graphql-codegen/cli'

/**
 * The explorer's operations with the types of their variables and answers, made from the schema that is served: an
 * operation that no longer fits it, and code that no longer fits its operation, break the build.
 */
const config: CodegenConfig = {
  schema: 'node_modules/.schema.graphql',
  documents: 'src/explorer/{operations,writes}/*.graphql',
  generates: {
    'src/explorer/operations/generated.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        onlyOperationTypes: true,
        skipTypename: true,
        immutableTypes: true,
        useTypeImports: true,
        scalars: { Date: 'string', DateTime: 'string' },
      },
    },
  },
}

export default config
