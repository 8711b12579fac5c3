import { generateKeyPairSync } from "node:crypto";
import { expect, it } from "vitest";
import { identityPool } from "./pool.ts";

it("lends the configured identities to one check at a time, and says how many are missing", async () => {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const pem = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  const pool = identityPool([{ aid: "alice.a.test", certificate: "PEM", privateKey: pem }]);
  const first = await pool.borrow();
  expect(first.identity(0)).toMatchObject({ aid: "alice.a.test", name: "alice", certificate: "PEM" });
  expect(() => first.identity(1)).toThrow(/needs 2 identities, and aun.identities lists 1/);
  const order: string[] = [];
  const second = pool.borrow().then((loan) => {
    order.push("second has it");
    return loan;
  });
  order.push("first gives back");
  first.giveBack();
  (await second).giveBack();
  expect(order).toEqual(["first gives back", "second has it"]);
});
