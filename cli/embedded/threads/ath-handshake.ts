import { openHandshakeMock } from "../ath-handshake-mock.ts";
import { serveThread } from "../serve-thread.ts";

await serveThread(openHandshakeMock);
