import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { readText } from "../config/file.ts";
import { CliError } from "../exit.ts";

/** The private key in a PEM file. Throws CliError; nothing of the key is ever shown. */
export async function privateKeyIn(path: string, shown: string): Promise<KeyObject> {
  return keyIn(path, shown, createPrivateKey, "a private key");
}

/** The public key in a PEM file: a key, or the one in a certificate. Throws CliError. */
export async function publicKeyIn(path: string, shown: string): Promise<KeyObject> {
  return keyIn(path, shown, createPublicKey, "a public key");
}

async function keyIn(path: string, shown: string, read: (pem: string) => KeyObject, what: string): Promise<KeyObject> {
  const pem = await readText(path, "--key");
  try {
    return read(pem);
  } catch {
    throw new CliError({
      code: "KEY_UNUSABLE",
      message: `--key ${shown} has no ${what.replace(/^an? /, "")} in PEM that this kit can read`,
      mend: "for example `openssl genpkey -algorithm ed25519 -out key.pem`, and `openssl pkey -in key.pem -pubout`",
    });
  }
}
