/**
 * How a value is read by the programs that pull and run images: as a field of a struct, as a map, or as a plain value. `words` is what very
 * old builders wrote as one text. What is `any` is read by none of them, or by each in its own way.
 */
export type GoType =
  | 'any' | 'string' | 'boolean' | 'integer' | 'words'
  | { readonly struct: Readonly<Record<string, GoType>> }
  | { readonly map: GoType }
  | { readonly list: GoType };

const struct = (fields: Readonly<Record<string, GoType>>): GoType => ({ struct: fields });
const strings: GoType = { list: 'string' };
const texts: GoType = { map: 'string' };
/** Paths and ports are the keys of a map to structs without a field. */
const names: GoType = { map: struct({}) };

const platform = struct({
  'architecture': 'string', 'os': 'string', 'os.version': 'string', 'os.features': strings, 'variant': 'string', 'features': strings,
});
const descriptor = struct({
  mediaType: 'string', digest: 'string', size: 'integer', urls: strings, annotations: texts, data: 'string', platform, artifactType: 'string',
});

/**
 * A manifest or an index: which of them it is, its fields tell. `fsLayers` is how runtimes know the old schema 1.
 *
 * @see https://github.com/opencontainers/image-spec/tree/v1.1.1/specs-go/v1, manifest.go, index.go, descriptor.go
 */
export const manifestType = struct({
  schemaVersion: 'integer',
  mediaType: 'string',
  artifactType: 'string',
  config: descriptor,
  layers: { list: descriptor },
  manifests: { list: descriptor },
  subject: descriptor,
  annotations: texts,
  fsLayers: 'any',
});

/** @see https://github.com/opencontainers/image-spec/tree/v1.1.1/specs-go/v1/config.go, and what Docker adds to it */
export const configType = struct({
  'created': 'string',
  'author': 'string',
  'architecture': 'string',
  'os': 'string',
  'os.version': 'string',
  'os.features': strings,
  'variant': 'string',
  'config': struct({
    User: 'string',
    ExposedPorts: names,
    Env: strings,
    Entrypoint: 'words',
    Cmd: 'words',
    Volumes: names,
    WorkingDir: 'string',
    Labels: texts,
    StopSignal: 'string',
    ArgsEscaped: 'boolean',
    Healthcheck: 'any',
    OnBuild: 'any',
    Shell: 'any',
  }),
  'rootfs': struct({ type: 'string', diff_ids: strings }),
  'history': { list: struct({ created: 'string', created_by: 'string', author: 'string', comment: 'string', empty_layer: 'boolean' }) },
});

/** The file `oci-layout`; its `index.json` is an index. */
export const layoutType = struct({ imageLayoutVersion: 'string' });
