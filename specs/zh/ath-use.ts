import type { ChineseTexts } from "./text.ts";

/** ATH 0.1: proxy, binding, revocation, audit, rate-limit, errors, agent. */
export const athUse: ChineseTexts = {
  "PRX-1": {
    says: "没有 token、token 格式错误或未知的调用以 TOKEN_INVALID 拒绝，且不会传到任何 provider。",
    mend: "在构造上游请求之前查找 token。",
  },
  "PRX-2": {
    says: "X-ATH-Agent-ID 缺失、或不是该 token 所属智能体的调用，以 AGENT_IDENTITY_MISMATCH 拒绝。",
    mend: "要求该 header，并与 token 发放给的智能体比较。",
  },
  "PRX-3": {
    says: "用 token 调用它所属之外的 provider，以 PROVIDER_MISMATCH 拒绝。",
    mend: "把路径中的 provider_id 与 token 发放时的 provider_id 比较。",
  },
  "PRX-4": {
    says: "超出已授予 scope 的方法和路径的调用必须被拒绝，没有任何 scope 覆盖的调用也一样。",
    mend: "为每个 scope 映射其方法和路径，凡 token 的 scope 没有映射到的都拒绝。",
  },
  "PRX-5": {
    says: "方法、路径、query、正文和状态码原样通过，响应正文逐字节到达并带有其 content type。",
    mend: "双向流式传输正文而不解析，query 字符串保持原样。",
    why: "改动消息的代理会不留痕迹地破坏其后的服务。",
  },
  "PRX-6": {
    says: "provider 收到的是它自己的 token，既收不到 ATH token，也收不到 X-ATH-Agent-ID；hop-by-hop header 被去除。",
    mend: "替换 Authorization，去除 X-ATH-* 以及 Connection 所列的一切。",
    why: "看到 ATH token 的 provider 可以冒用智能体的名义。",
  },
  "PRX-7": {
    says: "过期的 token 以 TOKEN_EXPIRED 拒绝，已撤销的以 TOKEN_REVOKED 拒绝。",
    mend: "把过期和已撤销的 token 保留足够久，以便与未知的 token 区分。",
    why: "这些 code 告诉智能体停止，而拒绝正是过期和撤销的目的。",
  },
  "PRX-8": {
    says: "任何路径都不能走出 provider：点段、其编码形式、反斜杠、第二个主机名和绝对 URL，要么留在其内，要么被拒绝。",
    mend: "把原始路径接到 base URL 之后再解析，origin 或 base path 变了就拒绝。",
    why: "没有文本这样说，但走出 provider 基址的路径会把 provider 的 token 带到另一台服务器。",
  },
  "BIND-1": {
    says: "token 与其智能体、用户、provider 和 scope 绑定，其他智能体、用户或 provider 都不能使用。",
    mend: "把智能体、用户、provider 和 scope 与 token 一起存储，使用时从那里取，绝不从请求里取。",
  },
  "REV-1": {
    says: "被撤销的 token 从下一次调用起就被拒绝。",
    mend: "每次调用都查找 token，或者在撤销时使其缓存副本失效。",
  },
  "REV-2": {
    says: "不带凭证的撤销对 token 没有任何效果。",
    mend: "在查找 token 之前先认证调用者。",
  },
  "REV-3": {
    says: "智能体可以撤销自己的 token，且只能撤销自己的。",
    mend: "把 token 的智能体与已认证的调用者比较。",
  },
  "REV-4": {
    says: "撤销一个不存在的 token 时，同样应答 200。",
    mend: "无论 token 是否存在，都以 JSON 对象应答 200。",
  },
  "AUD-1": {
    says: "每个决定都记录为一个具名事件，包含时间、智能体、用户、provider、相关的 scope，拒绝时还有理由。",
    mend: "为每个决定写一条结构化事件，从 agent_registered 到 scope_violation。",
  },
  "AUD-2": {
    says: "审计日志中没有 token、client secret 和 attestation。",
    mend: "用标识符或摘要代替凭证写入日志。",
    why: "没有文本这样说，但含有凭证的日志等于把凭证交给每个能读日志的人。",
  },
  "RATE-1": {
    says: "每个智能体有自己的限额，超过后得到带 Retry-After 的 429，同时其他智能体照常得到服务。",
    mend: "按智能体而不是按地址计数，并以秒为单位发送 Retry-After。",
  },
  "ERR-1": {
    says: "每次失败都是带 code 和 message 的 JSON 正文；恶意或畸形的输入得到 4xx，绝不是 5xx、堆栈信息或沉默。",
    mend: "使用正文之前先限制并校验，并在同一处把所有错误转成 ATHError。",
    why: "该规则定义了每次失败的消息；而遇到恶意输入就崩溃的服务器，无法为他人服务。",
  },
  "ERR-2": {
    says: "每个 code 都配有错误码表为它给出的 HTTP 状态码。",
    mend: "用同一张表从 code 推导状态码。",
    why: "错误码表给出了状态码，却没有说它们有约束力。",
  },
  "ERR-3": {
    says: "每个 code 都是列表中的一个；409 可以带任何 code。",
    mend: "使用列表中最接近的 code，细节放进 details。",
    why: "code 的列表有空缺，实现方只能自行填补，因此未列出的 code 只算备注，不算违反。",
  },
  "AGENT-1": {
    says: "智能体在其 agent_id 处公布身份文档。",
    mend: "恰好在用作 agent_id 的 URI 上提供 AgentIdentityDocument。",
    why: "没有该文档，谁都无法验证智能体。",
  },
  "AGENT-2": {
    says: "智能体为每次调用生成新的 attestation，带有新的 jti。",
    mend: "在每次调用之前才签名，重复调用时也一样。",
    why: "用了两次的 attestation 就是重放。",
  },
  "AGENT-3": {
    says: "智能体以实现方的 base URL 作为 audience，在 token 端点则用该端点的 URL。",
    mend: "根据 attestation 所发往的端点推导 aud。",
    why: "错误的 audience 在任何地方都会被拒绝。",
  },
  "AGENT-4": {
    says: "智能体为每次授权生成至少 128 个随机位的新 state，并在重定向返回时比较。",
    mend: "从密码学随机源取 16 字节，与用户的会话一起保存。",
    why: "state 保护智能体的用户免受伪造重定向之害。",
  },
  "AGENT-5": {
    says: "智能体只请求已批准的 scope。",
    mend: "从注册信息中读取 approved_scopes，不请求其他任何 scope。",
    why: "未获批准的反正会被拒绝。",
  },
  "AGENT-6": {
    says: "智能体在每次经代理的调用中发送 X-ATH-Agent-ID。",
    mend: "在添加 bearer token 的地方同时添加该 header。",
    why: "没有它，代理会拒绝调用。",
  },
  "AGENT-7": {
    says: "智能体撤销时附上自己的 client 凭证。",
    mend: "把 client_id 和 client_secret 放进撤销请求的正文。",
    why: "不带凭证的撤销没有效果。",
  },
  "AGENT-8": {
    says: "智能体只把 attestation 和 ATH token 发给实现方的 origin，不发给任何其他 origin。",
    mend: "API 调用不跟随重定向，并按请求和 origin 设置凭证。",
    why: "得到 attestation 或 token 的人，在其有效期内都能以该智能体的身份行事。",
  },
  "AGENT-9": {
    says: "智能体在收到 TOKEN_EXPIRED 或 TOKEN_REVOKED 之后不再使用该 token。",
    mend: "收到其中任一 code 就丢弃 token，重新开始授权。",
    why: "token 不会复活，反复尝试只会给实现方增加负担。",
  },
};
