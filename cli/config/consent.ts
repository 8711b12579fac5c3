import { resolve } from "node:path";
import type { Config } from "../../schemas/index.ts";
import type { ConsentSettings } from "../../suites/drivers/settings.ts";
import { listenAddress } from "./address.ts";

type ConsentConfig = NonNullable<Config["consent"]>;
export type Collect = (path: readonly string[], problem: string) => void;

/** The names that login forms give the field for the user; a form without them takes `consent.form.fields`. */
const userFields = ["user", "username", "login", "email"];
const passwordFields = ["password", "passwd"];

const named = (names: readonly string[], value: string | undefined) =>
  value === undefined ? {} : Object.fromEntries(names.map((name) => [name, value]));

/**
 * How the user's consent is given. Without any configuration the kit goes through the consent form as a browser would:
 * the only driver that needs to know nothing.
 */
export function consentSettings(consent: ConsentConfig | undefined, folder: string, add: Collect): ConsentSettings {
  switch (consent?.driver) {
    case undefined:
      return { driver: "form", fields: {} };
    case "form": {
      const { fields, user, password } = consent.form ?? {};
      return {
        driver: "form",
        fields: { ...named(userFields, user), ...named(passwordFields, password), ...fields },
      };
    }
    case "command": {
      const run = consent.command?.run;
      if (run === undefined) add(["consent", "command", "run"], "is missing: the program that gives the consent");
      const beside = (word: string) => (/^\.\.?\//.test(word) ? resolve(folder, word) : word);
      return { driver: "command", run: (run ?? []).map(beside) };
    }
    case "manual":
      return { driver: "manual" };
    case "provider": {
      const { listen = "127.0.0.1:4820", client_id: clientId = "gateproof", client_secret } = consent.provider ?? {};
      const path = ["consent", "provider"];
      if (client_secret === undefined) {
        add([...path, "client_secret"], "is missing: the secret by which the target is known at the kit's provider");
      }
      const address = listenAddress(listen);
      if ("problem" in address) add([...path, "listen"], address.problem);
      else if (address.ports.length > 1) add([...path, "listen"], `must be one port, is "${listen}"`);
      const { host, port } =
        "problem" in address ? { host: "", port: 0 } : { host: address.host, port: address.ports[0] };
      return { driver: "provider", host, port: port ?? 0, clientId, clientSecret: client_secret ?? "" };
    }
  }
}
