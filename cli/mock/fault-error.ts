import { nearest } from "../../schemas/nearest.ts";
import { CliError } from "../exit.ts";

/** Says of a fault that a mock does not know whose it is, what was probably meant, or that its `@n` is no number. */
export async function faultError(error: unknown, which: string, given: readonly string[]): Promise<unknown> {
  if (!(error instanceof Error) || !("code" in error) || error.code !== "UNKNOWN_FAULT") return error;
  const { faultCatalogue } = await import("../../mocks/catalogue.ts");
  const ids = [...new Set(faultCatalogue.map(({ fault }) => fault.id))];
  const misshapen = given.find((text) => !/^[^@]+(@[1-9]\d*)?$/.test(text));
  if (misshapen !== undefined) {
    return new CliError({
      code: "BAD_FAULT",
      message: `--fault takes ID or ID@n with a whole number n from 1, not "${misshapen.slice(0, 120)}"`,
      mend: "for example --fault ATT-5.jti-forgotten@2",
    });
  }
  for (const id of given.map((text) => text.split("@")[0] ?? "")) {
    const mocks = faultCatalogue.filter(({ fault }) => fault.id === id).map(({ mock }) => mock);
    if (mocks.length > 0 && !mocks.includes(which)) {
      return new CliError({
        code: "FAULT_OF_ANOTHER",
        message: `--fault ${id}: this is a fault of ${mocks.join(" and ")}, not of ${which}`,
        mend: "`gateproof list --faults` lists all",
      });
    }
    const near = nearest(id, ids);
    if (mocks.length > 0 || near === undefined) continue;
    return new CliError({
      code: "UNKNOWN_FAULT",
      message: `${error.message}; did you mean ${near}?`,
      mend: "`gateproof list --faults` lists all",
    });
  }
  return error;
}
