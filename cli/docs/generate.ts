/**
 * Writes the generated parts of the documentation: `npx tsx cli/docs/generate.ts`. Development only; the catalogues are the
 * source, the tables follow.
 */
import { readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withParts } from "./markdown.ts";
import { generatedParts } from "./parts.ts";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../../docs");

/** Every page of the documentation: its name, what is on disk, and what should be. */
export function documentation(): readonly {
  readonly name: string;
  readonly present: string;
  readonly right: string;
}[] {
  const parts = generatedParts();
  return readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .toSorted()
    .map((name) => {
      const present = readFileSync(join(folder, name), "utf8");
      return { name, present, right: withParts(present, parts) };
    });
}

const started = process.argv[1];
if (started !== undefined && realpathSync(started) === fileURLToPath(import.meta.url)) {
  for (const { name, present, right } of documentation()) {
    if (present !== right) writeFileSync(join(folder, name), right);
  }
}
