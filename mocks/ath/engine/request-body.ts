import { BodyError, readBody } from "../../core/json.ts";
import type { JsonObject } from "../json.ts";
import { Refused } from "../refusal.ts";
import type { BodyEndpoint } from "../rules/body.ts";
import type { AthContext } from "./context.ts";

async function bytesWithin(request: Request, maxBytes: number): Promise<Uint8Array> {
  try {
    return await readBody(request, maxBytes);
  } catch (error) {
    if (error instanceof BodyError) throw new Refused("malformed-request", error.message);
    throw error;
  }
}

/**
 * The request's JSON object, of the shape that the endpoint demands. Throws {@link Refused} `malformed-request`;
 * `onRefusal` is told the body that was refused for its shape.
 */
export async function readRequest(
  { rules, settings }: AthContext,
  endpoint: BodyEndpoint,
  request: Request,
  onRefusal: (body: JsonObject) => void = () => {},
): Promise<JsonObject> {
  const configured = settings.limits.bodyMaxBytes;
  const bytes = await bytesWithin(request, rules["body.maxBytes"]({ endpoint, configured }));
  const parsed = rules["body.parse"]({
    endpoint,
    contentType: request.headers.get("content-type") ?? undefined,
    bytes,
    depthIsBearable: (text) => rules["body.depthIsBearable"]({ endpoint, text }),
  });
  if (!parsed.ok) throw new Refused("malformed-request", `the body ${parsed.problem}`);
  const body = rules["body.asObject"]({ endpoint, value: parsed.value });
  if (body === undefined) throw new Refused("malformed-request", "the body must be a JSON object");
  const issues = rules["body.issues"]({ endpoint, body });
  if (issues.length > 0) {
    onRefusal(body);
    const first = issues.map(({ path, problem }) => `${path} ${problem}`).slice(0, 3);
    throw new Refused("malformed-request", `the request breaks its schema: ${first.join("; ")}`, {
      members: { details: { issues } },
    });
  }
  return body;
}
