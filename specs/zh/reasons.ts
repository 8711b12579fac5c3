/** Reasons that many rows share (specs/aun-gateway/rows.ts), by their English words. */
export const sharedReasons: Readonly<Record<string, string>> = {
  "The documents state it as a fact, and clients are built on it.": "文档把它作为事实陈述，客户端据此构建。",
  "The documents do not say it in so many words; it follows from what they say.": "文档没有明说，但可以从其所说推出。",
  "No protocol document says it; the public clients and their tests rely on it.":
    "没有协议文档这样说，但公开的客户端及其测试依赖于此。",
  "The documents leave it open or answer it twice, so that the kit only tells which way a target goes.":
    "文档没有定论或有两种说法，因此工具只说明目标采用哪一种。",
};
