import { BodyError, readText } from "../core/json.ts";
import { OAuthError } from "./oauth-error.ts";
import { type Parameters, toParameters } from "./parameters.ts";

const bodyBytes = 64 * 1024;

/** The form in a body, repeated fields included. Throws {@link OAuthError} `invalid_request`. */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") {
    throw new OAuthError("invalid_request", "the body must be application/x-www-form-urlencoded");
  }
  try {
    return new URLSearchParams(await readText(request, bodyBytes));
  } catch (error) {
    if (error instanceof BodyError) throw new OAuthError("invalid_request", error.message);
    throw error;
  }
}

/** The parameters in a body. Throws {@link OAuthError} `invalid_request`. */
export async function readParameters(request: Request): Promise<Parameters> {
  return toParameters(await readForm(request));
}
