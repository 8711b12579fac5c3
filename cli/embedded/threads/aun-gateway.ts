import { openAunGatewayMock } from "../aun-gateway-mock.ts";
import { serveThread } from "../serve-thread.ts";

await serveThread(openAunGatewayMock);
