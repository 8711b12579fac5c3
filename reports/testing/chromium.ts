import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Where Debian's package puts it; another one by CHROMIUM_PATH. */
const path = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";

/** For a browser that has to share the machine. */
export const patienceMs = 120_000;

/** A Chromium without a window. These tests need one and say so; they are never skipped for want of it. */
export async function openChromium(): Promise<Browser> {
  if (!existsSync(path)) {
    throw new Error(`No Chromium at ${path}: install the package "chromium", or name another one in CHROMIUM_PATH`);
  }
  return chromium.launch({ executablePath: path, args: ["--no-sandbox"], timeout: patienceMs });
}
