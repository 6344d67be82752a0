import type * as z from 'zod/mini';
import { type Operation, operations } from '../../../shared/contracts/api/operations.ts';
import * as views from '../../../shared/contracts/api/views.ts';
import { problemContentType, refusalStatus } from '../../../shared/contracts/problem.ts';
import { type ApiRoute, apiRoutes } from '../../../shared/contracts/routes.ts';
import type { RefusalCode } from '../../../shared/domain/refusal.ts';
import { type Example, examplesOf } from './examples.ts';
import { type JsonSchema, schemaOf } from './json-schema.ts';

const version = '1.0.0';

/** The description of the HTTP API: OpenAPI 3.1. */
export function openApi(examples: readonly Example[]) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of apiRoutes) {
    const operation = operations[keyOf(route)];
    if (operation === undefined) continue;
    const described = { [route.method.toLowerCase()]: operationOf(route, operation, examples) };
    paths[route.path] = { ...paths[route.path], ...described };
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      ...{ title: 'Guerdon', version, license: { name: 'Apache 2.0', identifier: 'Apache-2.0' } },
      description: 'Points, rewards and what becomes of them. Amounts are minor units as digits.',
    },
    paths,
    components: {
      securitySchemes: {
        token: {
          ...{ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          description:
            'Claims: sub, program, scope (member, integrator or staff), and participant where ' +
            'somebody acts for the company that sub names.',
        },
      },
      responses: { Problem: problemResponse() },
      schemas: Object.fromEntries(named.map(([name, view]) => [name, schemaOf(view, 'output')])),
    },
  };
}

/** Every answer under a name of its own. */
const named = Object.entries(views)
  .map(([name, view]) => [`${name.charAt(0).toUpperCase()}${name.slice(1)}`, view] as const)
  .sort(([left], [right]) => (left < right ? -1 : 1));

function answerSchema(schema: z.ZodMiniType): JsonSchema {
  const [name] = named.find(([, view]) => view === schema) ?? [];
  if (name === undefined) return schemaOf(schema, 'output');
  return { $ref: `#/components/schemas/${name}` };
}

function keyOf({ method, path }: Pick<ApiRoute, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

function operationOf(route: ApiRoute, operation: Operation, all: readonly Example[]) {
  const { id, summary, query, bodies } = operation;
  const examples = examplesOf(all, keyOf(route));
  return {
    ...{ operationId: id, summary, description: descriptionOf(route, operation) },
    parameters: [...pathParameters(route), ...keyParameter(operation), ...queryParameters(query)],
    ...(bodies && {
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: anyOf(bodies.map((body) => schemaOf(body, 'input'))),
            ...namedExamples(examples, ({ body }) => body),
          },
        },
      },
    }),
    responses: responsesOf(operation, examples),
    ...(route.scopes && { security: [{ token: [] }], 'x-scopes': route.scopes }),
  };
}

function descriptionOf({ scopes = [] }: ApiRoute, { refusals }: Operation): string {
  const codes = refusals.length === 0 ? '' : ` Refusals of its own: ${refusals.join(', ')}.`;
  return `For the scopes ${scopes.join(', ')}.${codes}`;
}

function pathParameters({ path }: ApiRoute) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    ...{ name, in: 'path', required: true, schema: { type: 'string' } },
  }));
}

function keyParameter({ keyed }: Operation) {
  if (keyed !== true) return [];
  const schema = { type: 'string', minLength: 1, maxLength: 128 };
  const description = 'Makes a repeated request the same one; another body is a conflict.';
  return [{ name: 'Idempotency-Key', in: 'header', required: true, description, schema }];
}

function queryParameters(query: z.ZodMiniType | undefined) {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(query, 'input') as {
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    ...{ name, in: 'query', required: required.includes(name), schema },
  }));
}

function responsesOf({ answers, keyed, refusals }: Operation, examples: readonly Example[]) {
  const told = Object.entries(answers).map(([status, schema]) => {
    const own = examples.filter((example) => `${example.status}` === status);
    const content = schema && {
      'application/json': {
        schema: answerSchema(schema),
        ...namedExamples(own, ({ answer }) => answer),
      },
    };
    return [status, { description: 'Done.', ...(content && { content }) }];
  });
  const codes: RefusalCode[] = ['FIELD_INVALID', 'FORBIDDEN', ...refusals];
  if (keyed === true) codes.push('IDEMPOTENCY_KEY_MISSING', 'IDEMPOTENCY_CONFLICT');
  const refused = [...new Set(codes.map((code) => refusalStatus(code)))].sort();
  const problem = { $ref: '#/components/responses/Problem' };
  return {
    ...Object.fromEntries(told),
    ...Object.fromEntries(refused.map((status) => [`${status}`, problem])),
    default: problem,
  };
}

function problemResponse() {
  return {
    description: 'Refused: nothing was done. `code` says why, `field` where.',
    content: { [problemContentType]: { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

function anyOf(schemas: readonly JsonSchema[]): JsonSchema {
  const [only] = schemas;
  return schemas.length === 1 && only !== undefined ? only : { anyOf: schemas };
}

function namedExamples(examples: readonly Example[], of: (example: Example) => unknown) {
  const named = examples.flatMap((example) => {
    const value = of(example);
    return value === undefined ? [] : [[example.name, { value }] as const];
  });
  return named.length === 0 ? {} : { examples: Object.fromEntries(named) };
}
