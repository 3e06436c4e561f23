import { errorCatalogue, errorCodes, type HttpAccess, type HttpRoute, type HttpRoutes } from '@bangban/protocol';
import * as z from 'zod';

type Schema = Record<string, unknown>;

const security: Record<HttpAccess, { who: string; requirement: Record<string, string[]>[] }> = {
  public: { who: 'anybody', requirement: [] },
  'refresh-cookie': { who: 'the browser that holds a live staff session', requirement: [{ refreshCookie: [] }] },
  staff: { who: 'anybody signed in', requirement: [{ accessToken: [] }] },
  admin: { who: 'admins', requirement: [{ accessToken: [] }] },
  kiosk: { who: 'enrolled kiosks', requirement: [{ deviceToken: [] }] },
  'demo-loopback': { who: 'this machine, while demo data is in use', requirement: [] },
  metrics: { who: 'this machine, or the holder of the metrics token', requirement: [] },
};

/** The description of the JSON routes as OpenAPI 3.1, made from their table. */
export function openapiOf(routes: HttpRoutes, version: string): { openapi: string } & Schema {
  const paths: Record<string, Schema> = {};
  for (const [name, route] of Object.entries(routes)) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operationOf(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Bangban',
      version,
      description: 'JSON routes. Calls, queue and media go over Socket.IO, whose tables are in the protocol package.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      securitySchemes: {
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'Staff, some minutes.' },
        deviceToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'A kiosk, until it is replaced.',
        },
        refreshCookie: { type: 'apiKey', in: 'cookie', name: 'bangban_refresh' },
      },
      schemas: { Error: errorSchema },
    },
  };
}

const errorSchema: Schema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code'],
      properties: {
        code: { type: 'string', enum: errorCodes },
        incident: { type: 'string', description: 'With `internal`: the id under which the server logged it.' },
        retryAfterMs: { type: 'integer' },
      },
    },
  },
};

function operationOf(operationId: string, route: HttpRoute): Schema {
  const { who, requirement } = security[route.access];
  const params = toSchema(route.params, 'input');
  const input = toSchema(route.input, 'input');
  return {
    operationId,
    summary: route.summary,
    description: `For ${who}.`,
    security: requirement,
    parameters: Object.entries(propertiesOf(params)).map(([name, schema]) => ({
      name,
      in: 'path',
      required: true,
      schema,
    })),
    ...(Object.keys(propertiesOf(input)).length === 0
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: input } } } }),
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: toSchema(route.output, 'output') } } },
      default: {
        description: `Refused: ${Object.keys(errorCatalogue).length} codes exist; clients own the words.`,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

function toSchema(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' });
  return rest;
}

function propertiesOf(schema: Schema): Record<string, Schema> {
  return (schema.properties ?? {}) as Record<string, Schema>;
}
