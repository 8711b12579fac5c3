/**
 * Writes `generated.ts` from the JSON Schema files of this folder: `npx tsx schemas/generate.ts`. Development only; the
 * schemas are the source, the types follow.
 */
import { readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isJsonSchema } from "./schema-type.ts";
import { type SchemaFile, typescriptOf } from "./typescript.ts";

const FOLDER = dirname(fileURLToPath(import.meta.url));

/** Every `<folder>/*.schema.json`, sorted by path, so that the generated file does not depend on the file system. */
export function schemaFiles(folder: string = FOLDER): readonly SchemaFile[] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".schema.json"));
  return paths.toSorted().map((path) => {
    const schema: unknown = JSON.parse(readFileSync(join(folder, path), "utf8"));
    if (!isJsonSchema(schema)) throw new TypeError(`${path}: a schema file needs an $id and a title`);
    return { path: `./${path}`, schema };
  });
}

const started = process.argv[1];
if (started !== undefined && realpathSync(started) === fileURLToPath(import.meta.url)) {
  writeFileSync(join(FOLDER, "generated.ts"), typescriptOf(schemaFiles()));
}
