import type { ChineseTexts } from "./text.ts";

/** ATH 0.1: discovery, transport, attestation, registration, agent-status. */
export const athIdentity: ChineseTexts = {
  "DISC-1": {
    says: "公开 provider 目录的网关，以 DiscoveryDocument 的结构公开该目录。",
    mend: "为目录补全 DiscoveryDocument 的全部必填字段：URL 用绝对地址，auth_mode 为 OAUTH2。",
    why: "是否公开目录由网关自行决定，因此缺少目录不算问题；但目录一旦存在，仍会被查看。",
  },
  "DISC-2": {
    says: '原生服务公开 ServiceDiscoveryDocument，其中 auth.type 为 "oauth2"，所列地址就是真正可用的地址。',
    mend: '在 /.well-known/ath-app.json 提供该文档，包含全部必填字段，auth.type 为 "oauth2"，URL 为公网可达的绝对地址。',
    why: "该规则定义了原生服务的智能体赖以起步的消息。",
  },
  "DISC-3": {
    says: "公布的注册端点就是真正可用的端点，位于文档所在的 origin，或为绝对的 https URL。",
    mend: "用服务对外的 base URL 拼出公布的地址，不要用内部地址。",
    why: "已知的智能体使用固定路径，因此错误的公布只会误导读者，目前还不会造成故障。",
  },
  "TLS-1": {
    says: "ATH 只能经由 HTTPS 使用，且 TLS 版本不低于 1.2。",
    mend: "以 https 提供服务，并把服务器的最低 TLS 版本设为 1.2。",
  },
  "ATT-1": {
    says: "attestation 的签名必须用智能体在其 agent_id 处公布的密钥验证。",
    mend: "从 sub 所指的文档获取密钥，绝不从 iss 或 token 自身获取；在相信任何 claim 之前先验证签名。",
  },
  "ATT-2": {
    says: "已过期或没有写明有效期的 attestation 必须被拒绝。",
    mend: "要求必须有 exp，并与当前时间比较。",
  },
  "ATT-3": {
    says: "发给别人的、或没有写明 audience 的 attestation 必须被拒绝。",
    mend: "要求必须有 aud，并与对外的 base URL 比较（在 token 端点则与 token 端点的 URL 比较）。",
  },
  "ATT-4": {
    says: "iat 与当前时间相差超过五分钟（无论早晚）的 attestation 必须被拒绝。",
    mend: "从两个方向比较 iat 与当前时间，并保持服务器时钟同步。",
  },
  "ATT-5": {
    says: "jti 已经出现过的 attestation，在其 exp 之前必须被拒绝，无论上次出现在哪个端点。",
    mend: "按智能体记住每个已接受的 jti，直到 exp；所有端点共用同一份存储。",
  },
  "ATT-6": {
    says: "缺少 iss、sub、aud、iat、exp、jti 中任意一项的 attestation 必须被拒绝。",
    mend: "在比较任何一项之前，先检查六个 claim 是否齐全、类型是否正确。",
  },
  "ATT-7": {
    says: "只有用已公布密钥做的 ES256 签名才有效：alg none、以公钥为密钥的 HMAC，以及 jwk、jku、x5u 自带的密钥都必须被拒绝。",
    mend: "在验证器中把算法固定为 ES256，并忽略 header 里的密钥材料（RFC 8725 § 3.1）。",
    why: "若接受其他算法或密钥来源，伪造者就能以任何智能体的名义签名。",
  },
  "ATT-8": {
    says: "attestation 的 sub 就是该调用所代表的 agent_id。",
    mend: "把 sub 与请求中或注册中的 agent_id 逐字符比较。",
    why: "否则一个已注册的智能体可以替另一个说话。",
  },
  "ATT-9": {
    says: "缓存的身份文档不得使用超过五分钟。",
    mend: "无论 Cache-Control 怎么写，身份文档的缓存寿命最多 300 秒。",
  },
  "ATT-10": {
    says: "签名不匹配时，应绕过缓存重新获取身份文档，使紧急更换的密钥立即生效。",
    mend: "签名不匹配时，先重新获取一次文档并再验证一次，然后才拒绝。",
  },
  "ATT-11": {
    says: "签名不匹配后的重新获取，对每个 agent_id 每分钟最多一次。",
    mend: "记住每个 agent_id 上次重新获取的时间，六十秒内不再重复。",
  },
  "ATT-12": {
    says: "获取身份文档应有时限：对方主机始终不应答时，应在有限时间内以 ATHError 结束，期间其他智能体照常得到服务。",
    mend: "为获取操作设置几秒的连接与读取超时，期间绝不持有锁。",
  },
  "ATT-13": {
    says: "身份文档里的 agent_id 就是获取该文档所用的 URI。",
    mend: "把文档的 agent_id 与所获取的 URI 比较，并且不跟随重定向。",
    why: "否则，复制到别处的文档会把身份借给存放副本的人。",
  },
  "REG-1": {
    says: "对有效注册的应答具有 AgentRegistrationResponse 的结构。",
    mend: "发送全部必填字段：denied_scopes 即使为空也是列表，approval_expires 用 ISO 8601，null 不等于缺省。",
    why: "该规则定义了消息；缺了这些字段，智能体无法继续。",
  },
  "REG-2": {
    says: "对每个 provider，每个请求的 scope 要么批准要么拒绝，不得两者皆是，且不得批准未请求的 scope。",
    mend: "按策略把请求的 scope 分成两份，而不是用策略自己的列表作答。",
    why: "部分批准是可选的；但决定必须恰好覆盖每个请求的 scope 一次、不多不少，这是消息的定义。",
  },
  "REG-3": {
    says: "注册一个已注册的 agent_id 时，应答 409。",
    mend: "对已知的 agent_id 应答 409，且不泄露已有的 client_id。",
  },
  "REG-4": {
    says: "不符合 schema 的注册以 4xx 的 ATHError 拒绝，且不留下任何注册。",
    mend: "在存储任何内容之前，先按 schema 校验请求体。",
    why: "schema 定义了消息，违反它的请求无从裁决。",
  },
  "REG-5": {
    says: "实现方不认识的 provider 不予批准：要么带理由拒绝该 provider，要么以 PROVIDER_NOT_APPROVED 拒绝整个请求。",
    mend: "逐个查找 provider_id，对未知的附上 denial_reason 予以拒绝。",
    why: "文本没有说明应拒绝该 provider 还是拒绝整个请求；两种做法都能把智能体挡在外面。",
  },
  "REG-6": {
    says: "每次注册都得到自己的、无人能猜到的 client_id 和 client_secret。",
    mend: "client_secret 至少取自密码学随机源的 128 位，client_id 也随机生成。",
    why: "可猜到的凭证等于把一个智能体的注册交给另一个。",
  },
  "AGT-1": {
    says: "不带凭证读取注册信息必须被拒绝。",
    mend: "在 GET /ath/agents/{clientId} 要求智能体的 attestation 或 client 凭证。",
  },
  "AGT-2": {
    says: "智能体可以读取自己的注册信息，且只能读取自己的。",
    mend: "把已认证的智能体与路径中的 clientId 比较，对两类外人给出相同的应答。",
  },
};
