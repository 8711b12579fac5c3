/**
 * Takes out of the build the declarations that no export of the package leads to: `npx tsx cli/packing/reached-types.ts`,
 * the last step of `npm run build`. Development only.
 */
import { existsSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Every declaration file that the `types` of a package's exports lead to, those that are not there among them. */
export function reachedTypes(folder: string): ReadonlySet<string> {
  const about: { readonly exports: Readonly<Record<string, { readonly types?: string }>> } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const reached = new Set(
    Object.values(about.exports).flatMap(({ types }) => (types === undefined ? [] : [join(folder, types)])),
  );
  // A set that grows while it is walked: each file once.
  for (const file of reached) {
    if (!existsSync(file)) continue;
    for (const [, path = ""] of readFileSync(file, "utf8").matchAll(/(?:from |import\(|import )"(\.[^"]+)\.[jt]s"/g)) {
      reached.add(`${join(dirname(file), path)}.d.ts`);
    }
  }
  return reached;
}

const started = process.argv[1];
if (started !== undefined && realpathSync(started) === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const reached = reachedTypes(root);
  for (const path of readdirSync(join(root, "dist"), { recursive: true, encoding: "utf8" })) {
    const file = join(root, "dist", path);
    if (file.endsWith(".d.ts") && !reached.has(file)) rmSync(file);
  }
}
