import type { ChineseTexts } from "./text.ts";

/** AUN gateway: auth, tokens, meta, reconnect. */
export const aunAuth: ChineseTexts = {
  A81: {
    says: "auth.create_aid 应答 AID、其证书、签发者的证书和曲线。",
    mend: "发送全部四个成员。",
  },
  A82: {
    says: "证书属于该 AID 及其密钥，由签发者签名，当前有效，不是 CA，且证书链通到根。",
    mend: "由 issuer CA 签发，以 AID 为 CN，并公布证书链。",
  },
  A83: {
    says: "违反命名规则的名称被拒绝。",
    mend: "用 ^[a-z0-9_][a-z0-9_-]{3,63}$ 匹配名称，并拒绝 guest 名称。",
  },
  A84: { says: "不在 P-256 上的密钥被拒绝。", mend: "解析 SPKI 并比较曲线。" },
  A85: { says: "已存在的 AID 不会给另一个密钥。", mend: "AID 已被占用时拒绝。" },
  A86: {
    says: "登录第一步证明服务器身份：给出 nonce，以及用链到根的证书对客户端 nonce 的签名。",
    mend: "对客户端的 nonce 原样签名，用 DER 和标准 base64。",
  },
  A87: { says: "request_id 和 nonce 由服务器生成，每次登录都是新的。", mend: "两者都随机生成。" },
  A88: {
    says: "过期的、外来的、他人的或已吊销的证书不能登录。",
    mend: "在第一步验证证书链、时间、CN 和吊销状态。",
  },
  A89: {
    says: "登录第二步应答 status、AID、token 及其寿命；客户端还需要 refresh token。",
    mend: "发送 token、access_token、refresh_token 和 expires_in。",
  },
  A90: { says: "登录需要该 AID 自己对 nonce:client_time 的签名。", mend: "用证书的密钥验证。" },
  A91: {
    says: "登录的 nonce 只能用一次，一分钟内有效，且只对其 AID 和 request_id 有效。",
    mend: "把 AID 和 request_id 与 nonce 一起保存，用时即删。",
  },
  A92: { says: "登录的两步可以在两个连接上进行。", mend: "按 request_id 而不是按连接保存登录。" },
  A93: {
    says: "client_time 可以是任何时间，数字或文本皆可，并按所发送的样子签名。",
    mend: "保留收到时的文本。",
  },
  A95: {
    says: "旧证书的有效期过半后，登录给出同一密钥的新证书；未过半则不给。",
    mend: "在第二步比较证书已用的时间。",
  },
  A96: {
    says: "refresh 给出新的 access token 和新的 refresh token，并计数。",
    mend: "轮换 refresh token，并为该链计数。",
  },
  A97: { says: "用过的 refresh token 失效。", mend: "用时即撤销。" },
  A98: { says: "旧的 access token 一直有效到期满。", mend: "refresh 时不撤销 access token。" },
  A99: {
    says: "被拒绝的 refresh 是一个如实说明的结果，且不泄露机密。",
    mend: "应答 success 为 false，并带 error、relogin_required、retryable 和 diagnostic。",
  },
  A100: {
    says: "refresh 在任何连接上都可用，无论是否已认证。",
    mend: "不要把 auth.refresh_token 绑定到会话。",
  },
  A101: {
    says: "refresh 链在 30 天或 720 次之后终止。",
    mend: "把链的起点和长度与 token 一起保存。",
  },
  A102: {
    says: "auth.renew_cert 给出同一密钥的新证书，直到旧证书期满后 90 天。",
    mend: "验证 nonce 的签名和旧证书的状态。",
  },
  A103: {
    says: "auth.rekey 给出新密钥的证书，并立即吊销旧证书。",
    mend: "让签名同时覆盖 nonce 和新密钥，然后吊销。",
  },
  A104: { says: "auth.request_cert 也为 P-384 签发证书。", mend: "按所请求的曲线签发。" },
  A105: {
    says: "auth.download_cert 按序列号给出证书，也给出根证书。",
    mend: "按序列号查找；找不到时应答错误。",
  },
  A23: { says: "过期的 token 被拒绝。", mend: "检查 exp。" },
  A24: {
    says: "不是由本域 auth 服务按原样签名的 token 被拒绝。",
    mend: "只接受 auth 服务的算法和密钥，然后检查 iss 和 aud。",
  },
  A94: {
    says: "access token 是具有文档所述 header 和 claim 的 JWT，由 auth 证书签名。",
    mend: "填写每个成员，并用 auth 服务的密钥签名。",
  },
  A106: {
    says: "meta.ping 应答 pong 和整数的服务器时间，没有 params 也一样。",
    mend: "发送服务器的 Unix 秒。",
  },
  A107: {
    says: "meta.status 告知本连接的 mode、AID、role、开始时间和版本。",
    mend: "根据会话作答。",
  },
  A108: { says: "meta.trust_roots 给出根证书及其指纹。", mend: "对 DER 计算指纹。" },
  A109: { says: "每 30 秒 ping 一次的连接保持不断。", mend: "让每个请求都重启空闲计时器。" },
  A110: { says: "同一 token 可以在新连接上再次连接。", mend: "不要让 access token 用后即废。" },
  A111: { says: "新连接上不留旧会话的任何东西。", mend: "每个连接都从陌生人开始。" },
  A112: { says: "refresh 得到的 token 可以连接。", mend: "像登录的 token 一样为 refresh 得到的 token 签名。" },
};
