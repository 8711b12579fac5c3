import { openNativeMock } from "../ath-native-mock.ts";
import { serveThread } from "../serve-thread.ts";

await serveThread(openNativeMock);
