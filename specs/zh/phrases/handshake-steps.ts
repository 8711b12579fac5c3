import type { Phrases } from "../phrase-book.ts";

/** The nine-step handshake: hello, identity, order, scopes, confirmation and completion. */
export const handshakeSteps: Phrases = {
  // Hello
  "capabilities out of {0}": "capabilities 取自 {0}",
  "[{0}] besides": "此外还有 [{0}]",
  "{0} granted handshakes": "{0} 次获得准许的握手",
  "{0} handshakes with {1} different nonces": "{0} 次握手有 {1} 个不同的 nonce",
  "{0} different ones in {1}": "{1} 个中有 {0} 个不同的",
  "nonces that differ in at least {0} bits": "nonce 之间至少相差 {0} 比特",
  "nonces that differ in {0} bits at most": "nonce 之间至多相差 {0} 比特",
  "a nonce of the gateway's own": "网关自己的 nonce",
  "a nonce that holds the agent's own": "含有智能体 nonce 的 nonce",
  "the same nonce for the same nonce of the agent": "对智能体同样的 nonce 给出同样的 nonce",
  "a signature over nonce A that verifies with server_pubkey": "能用 server_pubkey 验证的对 nonce A 的签名",
  "a signature that does not verify with the key beside it": "不能用旁边的密钥验证的签名",
  "the target does not speak EdDSA alone": "目标不支持只用 EdDSA",
  "one server_did and one server_pubkey in every handshake": "每次握手都是同一个 server_did 和同一个 server_pubkey",
  "no two handshakes": "没有两次握手",
  "another identity in the next handshake": "下一次握手是另一个身份",
  "granted: timestamps may be {0} s off": "予以准许：timestamp 可以偏差 {0} 秒",
  "no answer that could be judged": "没有可供判断的应答",
  "version {0}, the highest of {1} that the target supports": "版本 {0}，即 {1} 中目标支持的最高版本",
  "version #0": "版本 #0",

  // Identity
  "the target does not list EdDSA among its capabilities": "目标的 capabilities 中没有列出 EdDSA",
  "a whole handshake of an Ed25519 agent, as the target's capabilities promise":
    "如目标的 capabilities 所承诺，Ed25519 智能体完成整个握手",
  "a refusal that says why: a 4xx, or success: false with an error":
    "说明原因的拒绝：4xx，或带 error 的 success: false",
  "success: false without an error": "没有 error 的 success: false",
  "metadata with scopes_supported and token_max_ttl": "带 scopes_supported 和 token_max_ttl 的 metadata",
  "no metadata": "没有 metadata",
  "<0> with {1}": "<0>，带 {1}",

  // Order
  "the right messages are granted, although others came between them": "中间虽有其他消息，正确的消息仍获得准许",
  "a message out of order ends the handshake": "乱序的消息使握手结束",
  "<0>; the handshake was {1}": "<0>；握手的状态为 {1}",
  "a proof over another handshake's nonce is refused": "对另一次握手的 nonce 所作的证明被拒绝",
  "{0} ({1}) is refused where it is not due": "{0}（{1}）在不该出现之处被拒绝",
  "{0} is granted where it is due, whatever was refused before": "无论此前拒绝了什么，{0} 在该出现之处获得准许",
  "one token of each handshake, however often handshake_complete comes at once":
    "无论同时来多少个 handshake_complete，每次握手一个 token",
  "{0} tokens of one handshake": "一次握手有 {0} 个 token",
  "no handshake was completed": "没有完成的握手",
  "no more than {0}, which the user confirmed": "不多于用户所确认的 {0}",
  "a token with {0}": "带 {0} 的 token",

  // Scopes
  "a scope_request": "scope_request 消息",
  "no scope_request is in the evidence": "证据中没有 scope_request",
  "scopes_granted: nothing": "scopes_granted：无",
  "refused since the user approved {0} unasked: <1>": "因用户未经询问批准了 {0} 而拒绝：<1>",
  "scopes_denied lists every requested scope that was not granted": "scopes_denied 列出每个被请求而未授予的 scope",
  "neither granted nor denied: {0}": "既未授予也未拒绝：{0}",
  "each entry of scopes_denied says a reason": "scopes_denied 的每个条目都写明理由",
  "without a reason: {0}": "没有理由：{0}",
  "scopes_denied holds requested scopes that were not granted, and no other":
    "scopes_denied 只含被请求而未授予的 scope，没有其他",
  "granted and denied: {0}": "既授予又拒绝：{0}",
  "denied and never requested: {0}": "被拒绝却从未请求：{0}",
  "ttl_granted: at most {0}": "ttl_granted：至多 {0}",
  "refused: <0>": "拒绝：<0>",
  "no ttl_granted": "没有 ttl_granted",
  "ttl_granted: {0}": "ttl_granted：{0}",
  "ttl_granted: a positive integer": "ttl_granted：正整数",
  "the target granted a scope that is not in the credential": "目标授予了 credential 中没有的 scope",

  // Confirmation
  "the confirmation request does not say when it expires": "确认请求没有说明何时过期",
  "the user is asked about {0} and {1}": "就 {0} 和 {1} 询问用户",
  "the user was not asked: <0>": "没有询问用户：<0>",
  "the user was not asked (<0>)": "没有询问用户（<0>）",
  "request_id, client_info with name and developer, and expires_at in Unix seconds":
    "request_id，带 name 和 developer 的 client_info，以及以 Unix 秒表示的 expires_at",
  "three confirmation requests with three request_ids": "三个确认请求，其 request_ids 各不相同",
  "{0} requests with {1} request_ids": "{0} 个请求有 {1} 个 request_ids",
  "{0} confirmation requests": "{0} 个确认请求",
  "no grant before the user has answered": "用户回答之前不授予",
  "scopes were granted before the user answered, or without asking": "用户回答之前或未经询问就授予了 scope",

  // Completion and access token
  "key_exchange_params: a public key on P-256 as SPKI PEM": "key_exchange_params：SPKI PEM 形式的 P-256 公钥",
  "no key_exchange_params": "没有 key_exchange_params",
  "no key on P-256": "没有 P-256 密钥",
  "two different key_exchange_params": "两个不同的 key_exchange_params",
  "fewer than two keys of the gateway": "网关的密钥不足两个",
  "the same key twice": "同一个密钥用了两次",
  "the access token is no JWT": "access token 不是 JWT",
  "the access token is no JWT: none can be forged after it": "access token 不是 JWT：无从仿造",
  "the token is no JWT": "token 不是 JWT",
  "a JWT that verifies with server_pubkey": "能用 server_pubkey 验证的 JWT",
  "the signature does not verify": "签名不能通过验证",
  "agent {0}, user {1}, scopes {2}, exp = iat + {3}": "智能体 {0}，用户 {1}，scope {2}，exp = iat + {3}",
  "two different tokens with different jti": "两个不同的 token，jti 也不同",
  "fewer than two tokens were issued": "签发的 token 不足两个",
  "the same token twice": "同一个 token 出现两次",
  "exp − iat: at most {0} seconds": "exp − iat：至多 {0} 秒",
  "see HS-{0}": "参见 HS-{0}",
  "see HS-{0} and HS-{1}": "参见 HS-{0} 和 HS-{1}",
  "the token lives for #0 s": "token 有效 #0 秒",
  "the failed proof was not refused: <0>": "失败的证明没有被拒绝：<0>",

  // Form
  "the wrong {0} was not refused: <1>": "错误的 {0} 没有被拒绝：<1>",
  "see the checks of this step: they judge that it is refused": "参见该步骤的检查：由它们判断其是否被拒绝",
  "an hour after {0} handshakes were left behind, a new one is served": "遗弃 {0} 次握手一小时之后，新的握手得到服务",
};
