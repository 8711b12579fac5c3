import { openGatewayMock } from "../ath-gateway-mock.ts";
import { serveThread } from "../serve-thread.ts";

await serveThread(openGatewayMock);
