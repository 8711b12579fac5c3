import { readFileSync } from "node:fs";
import { isJsonObject } from "../schemas/schema-type.ts";

/** The version in this package's package.json, which lies above this file, built or not. */
export function kitVersion(): string {
  for (let folder = new URL(".", import.meta.url); ; folder = new URL("..", folder)) {
    const manifest = manifestIn(folder);
    if (manifest?.["name"] === "gateproof") return String(manifest["version"]);
    if (folder.pathname === new URL("..", folder).pathname) return "unknown";
  }
}

function manifestIn(folder: URL) {
  try {
    const value: unknown = JSON.parse(readFileSync(new URL("package.json", folder), "utf8"));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
