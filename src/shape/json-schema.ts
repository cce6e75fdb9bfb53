import type { Description, Notes, RecordKind, TextKind } from './description';

type Schema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema (draft 7) of a description, for editors. It refuses nothing that `readStrictly` accepts, and accepts nothing that it
 * refuses but where only code can say why (`beyond`).
 *
 * @param id a URN, because no network should be asked for it
 */
export function jsonSchemaOf(description: Description, id: string): Schema {
  const definitions: Record<string, Schema> = {};
  const { title, description: words, ...whole } = schemaOf(description, definitions);
  return { $schema: 'http://json-schema.org/draft-07/schema#', $id: id, title, description: words, ...whole, definitions };
}

function schemaOf(kind: Description, definitions: Record<string, Schema>): Schema {
  const { title, description, default: fallback, examples } = kind;
  const notes: Notes = { title, description, default: fallback, examples };
  if (kind.is !== 'record' || kind.name === undefined) return { ...withoutUnset(notes), ...bare(kind, definitions) };
  definitions[kind.name] ??= { ...withoutUnset(notes), ...ofRecord(kind, definitions) };
  return { $ref: `#/definitions/${kind.name}` };
}

function bare(kind: Description, definitions: Record<string, Schema>): Schema {
  switch (kind.is) {
    case 'text': return kind.among === undefined ? { type: 'string', ...ofText(kind) } : { enum: kind.among };
    case 'integer': return { type: 'integer', minimum: 0, maximum: kind.most };
    case 'flag': return { type: 'boolean' };
    case 'constant': return { const: kind.value };
    case 'list': return withoutUnset({
      type: 'array',
      minItems: kind.ifEmpty === undefined ? undefined : 1,
      maxItems: kind.most,
      uniqueItems: kind.isSet,
      items: schemaOf(kind.of, definitions),
    });
    case 'map': {
      const { keys, most, besides = {}, of } = kind;
      const names = Object.keys(besides);
      return withoutUnset({
        type: 'object',
        maxProperties: most === undefined ? undefined : most + names.length,
        properties: names.length === 0 ? undefined : propertiesOf(besides, definitions),
        propertyNames: names.length === 0 ? ofText(keys) : { anyOf: [{ enum: names }, ofText(keys)] },
        additionalProperties: schemaOf(of, definitions),
      });
    }
    case 'record': return ofRecord(kind, definitions);
    case 'code': return {};
  }
}

function ofText({ pattern, longest }: TextKind): Schema {
  // Only a literal in code needs a slash to be escaped.
  return withoutUnset({ maxLength: longest, pattern: pattern?.source.replace(/\\./g, (pair) => pair === '\\/' ? '/' : pair) });
}

function ofRecord({ fields, required, anyOf }: RecordKind, definitions: Record<string, Schema>): Schema {
  return withoutUnset({
    type: 'object',
    additionalProperties: false,
    required: required.length === 0 ? undefined : required,
    ...anyOf === undefined ? {} : ofAnyOf(anyOf.keys, fields),
    properties: propertiesOf(fields, definitions),
  });
}

function ofAnyOf(keys: readonly string[], fields: RecordKind['fields']): Schema {
  return keys.length === Object.keys(fields).length ? { minProperties: 1 } : { anyOf: keys.map((key) => ({ required: [key] })) };
}

function propertiesOf(fields: RecordKind['fields'], definitions: Record<string, Schema>): Schema {
  const written = Object.entries(fields).filter(([, { is }]) => is !== 'code');
  return Object.fromEntries(written.map(([key, field]) => [key, schemaOf(field, definitions)]));
}

function withoutUnset(object: object): Schema {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
