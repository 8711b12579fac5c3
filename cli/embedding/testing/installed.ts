import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. */
export function ran(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, CI: "true", NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** The package as npm would publish it, installed in a folder of its own without the network. */
export interface Installation {
  /** Path of the packed tarball. */
  readonly tarball: string;
  /** Path of the unpacked package. */
  readonly package: string;
  /** Copies an example beside it; gives its folder. */
  example(name: string): Promise<string>;
  remove(): Promise<void>;
}

/** Packs what is built and unpacks it as node_modules/gateproof, beside links to what is installed here. */
export async function install(): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), "gateproof-packed-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  const modules = join(folder, "node_modules");
  await mkdir(modules);
  // Without scripts: packing must not build again what other tests are running.
  const packed = await ran("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], root);
  const [name] = (await readdir(folder)).filter((file) => file.endsWith(".tgz"));
  if (packed.code !== 0 || name === undefined) throw new Error(`npm pack failed: ${packed.stderr}`);
  const tarball = join(folder, name);
  const unpacked = await ran("tar", ["-xzf", tarball, "-C", modules], folder);
  if (unpacked.code !== 0) throw new Error(`the tarball cannot be unpacked: ${unpacked.stderr}`);
  await cp(join(modules, "package"), join(modules, "gateproof"), { recursive: true });
  await rm(join(modules, "package"), { recursive: true });
  for (const installed of await readdir(join(root, "node_modules"))) {
    if (installed.startsWith(".") && installed !== ".bin") continue;
    await symlink(join(root, "node_modules", installed), join(modules, installed));
  }
  return {
    tarball,
    package: join(modules, "gateproof"),
    async example(example) {
      const copy = join(folder, example);
      await cp(join(root, "examples", example), copy, { recursive: true });
      return copy;
    },
    remove,
  };
}
