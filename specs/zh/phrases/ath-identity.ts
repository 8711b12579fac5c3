import type { Phrases } from "../phrase-book.ts";

/** Discovery, transport, attestation, registration and agent status. */
export const athIdentity: Phrases = {
  // Discovery
  'ath_version is "0.1"': 'ath_version 为 "0.1"',
  "ath_version is {0}": "ath_version 为 {0}",
  'auth.type is "oauth2"': 'auth.type 为 "oauth2"',
  "auth.type is {0}": "auth.type 为 {0}",
  "the target publishes nothing at {0}": "目标在 {0} 没有发布任何内容",
  "the document names no registration_endpoint, which is optional": "文档没有给出 registration_endpoint，它是可选的",
  "the directory names no agent_registration_endpoint": "目录没有给出 agent_registration_endpoint",
  "the document names no {0}": "文档没有给出 {0}",
  "the advertised endpoint is no URL": "所公布的端点不是 URL",
  "the advertised endpoint is not below the target's URL": "所公布的端点不在目标的 URL 之下",
  "run the kit against the public URL that the target advertises": "对目标所公布的公开 URL 运行本工具",
  "an absolute URL on the target's origin, or on https": "目标 origin 上或使用 https 的绝对 URL",
  "a registration sent to the advertised endpoint is granted": "发到所公布端点的注册获得准许",
  "no request is in the evidence": "证据中没有请求",
  "<0>, and {1} grants it": "<0>，而 {1} 予以准许",
  "a ServiceDiscoveryDocument at {0}": "{0} 处的 ServiceDiscoveryDocument",
  "a registration for the app_id is approved like one for the configured provider (POS-14)":
    "对 app_id 的注册与对所配置 provider 的注册一样获得批准（POS-14）",
  "nothing is approved for {0}: <1>": "对 {0} 什么都没有批准：<1>",
  "nothing is approved for {0}: {1}": "对 {0} 什么都没有批准：{1}",
  "scopes_supported lists every approved scope": "scopes_supported 列出每个已批准的 scope",
  "not listed: {0}": "没有列出：{0}",
  "no granted registration is in the evidence": "证据中没有获得准许的注册",
  "a valid request to {0} is granted": "对 {0} 的有效请求获得准许",
  "an answer to a call with a token that allows it": "对 token 所允许的调用作出应答",

  // Transport
  "the target is on plain http at a loopback address": "目标在环回地址上使用明文 http",
  "a handshake with {0} fails, one with TLS 1.2 or newer succeeds":
    "使用 {0} 的握手失败，使用 TLS 1.2 或更新版本的握手成功",
  "no outcome was recorded": "没有记录到结果",
  "no TLS connection at all ({0})": "根本没有 TLS 连接（{0}）",
  "a connection with {0}": "使用 {0} 的连接",
  "this machine's TLS library can offer {0}": "本机的 TLS 库能够提议 {0}",
  "{0}; afterwards no connection with TLS 1.2 either": "{0}；此后使用 TLS 1.2 也没有连接",
  "the target speaks no TLS at all": "目标根本不使用 TLS",
  "https for the target and for every address that it hands out": "目标及其给出的每个地址都使用 https",
  "no target is in the evidence": "证据中没有目标",
  "the target is {0}": "目标是 {0}",
  "no authorization was started": "没有开始授权",

  // Attestation
  "granted, or refused with a 4xx": "予以准许，或以 4xx 拒绝",
  "the target takes iss to be the agent's origin or its full agent_id":
    "目标把 iss 当作智能体的 origin 或其完整的 agent_id",
  "the target wants the full agent_id as iss": "目标要求以完整的 agent_id 作为 iss",
  "the text calls iss the agent's domain, and every known agent sends its full agent_id":
    "文本称 iss 是智能体的域，而所有已知智能体都发送完整的 agent_id",
  "at most one granted of each pair": "每一对至多一个获得准许",
  "a request that lost the race was answered with a server error": "竞争中落败的请求得到服务器错误的应答",
  "valid calls are granted, and the fetches of the document are counted": "有效调用获得准许，并计算获取文档的次数",
  "at most {0} fetch(es) during {1} calls with a bad signature": "{1} 次签名错误的调用期间至多获取 {0} 次",
  "#0 fetch(es)": "获取 #0 次",
  "the document is fetched before the first call is granted": "第一次调用获得准许之前获取文档",
  "it was never fetched": "从未获取",
  "a cache of identity documents, past which is fetched again": "有身份文档缓存，并会越过缓存重新获取",
  "the document is fetched for every valid call": "每次有效调用都获取文档",
  "the target fetched nothing again after a bad signature": "错误签名之后，目标没有重新获取任何内容",
  "an answer within the time that the kit waits for one exchange (--timeout)":
    "在本工具等待一次往来的时间内应答（--timeout）",
  "the document is fetched before an unknown agent is answered": "应答未知智能体之前获取文档",
  "another agent's registration is granted while the document is still awaited":
    "仍在等待文档时，另一智能体的注册获得准许",
  "no fetch within a minute of the one that the first bad signature brought about":
    "第一个错误签名引起获取之后，一分钟之内不再获取",
  "#0 and #1 fetch(es)": "分别获取 #0 次和 #1 次",
  "the target waits for a document while another agent registers": "另一智能体注册时，目标正在等待文档",
  "it answered before, or never fetched the document": "它提前应答，或从未获取文档",
  "it was granted only after the wait for the document had ended": "等待文档结束之后它才获得准许",

  // Registration
  "a registration, decided scope by scope": "逐个 scope 作出决定的注册",
  "no registration": "没有注册",
  "every requested scope is approved or denied": "每个所请求的 scope 非批准即拒绝",
  "every scope is approved or denied, and none is both": "每个 scope 非批准即拒绝，没有两者皆是",
  "neither: {0}": "两者皆非：{0}",
  "both: {0}": "两者皆是：{0}",
  "nothing beyond what was asked ({0})": "不超出所请求的（{0}）",
  'also "{0}"': '还有 "{0}"',
  "approved: {0}": "批准：{0}",
  "a refusal, or no scope approved for {0}": "拒绝，或对 {0} 不批准任何 scope",
  "an entry in approved_providers for each requested provider": "approved_providers 中对每个所请求的 provider 都有条目",
  "no entry for {0}": "没有 {0} 的条目",
  "scopes that were requested for that provider": "为该 provider 所请求的 scope",
  "the target refuses registrations that ask for unknown scopes": "目标拒绝请求未知 scope 的注册",
  "the target did not approve an agent that asks for two providers": "目标没有批准请求两个 provider 的智能体",
  "let the target approve the kit's agents at once for the scopes in providers":
    "让目标立即批准本工具的智能体使用 providers 中的 scope",
  "the valid registration is granted as if there had been none before": "有效注册获得准许，如同此前没有过注册",
  "a registration without developer is refused": "没有 developer 的注册被拒绝",
  "granted, but its credentials do not work ({0})": "获得准许，但其凭证不可用（{0}）",
  "not tried": "没有尝试",
  "{0} registrations with {1} different values of each credential": "{0} 次注册，每种凭证各有 {1} 个不同的值",
  "#0 granted": "#0 次获得准许",
  "{0} different value(s) of {1}": "{1} 有 {0} 个不同的值",
  "an answer without {0}": "没有 {0} 的应答",
  "a registration was answered without {0}": "注册的应答没有 {0}",
  "client secrets of at least {0} unpredictable bits": "client secret 至少有 {0} 个不可预测的比特",
  "no secrets were compared": "没有比较任何 secret",
  "what differs between {0} secrets carries {1} bits at most": "{0} 个 secret 之间的差异至多含 {1} 比特",
  "client_id can be guessed, which is harmless as long as it gives nothing by itself":
    "client_id 可以猜出；只要它本身不能换来什么，就无害",
  "the registration was answered without credentials": "注册的应答没有凭证",
  "a client_secret that is no digest or encoding of client_id, agent_id or a small number":
    "client_secret 不是 client_id、agent_id 或小数字的摘要或编码",
  "no secret was looked at": "没有查看任何 secret",
  "a counter": "计数器",
  "{0} of a counter": "计数器的 {0}",
  "{0} of client_id": "client_id 的 {0}",
  "{0} of agent_id": "agent_id 的 {0}",

  // Agent status
  "both agents can read their own registration": "两个智能体都能读取自己的注册信息",
  "the target ignores the client_id in the path and shows the caller's own registration":
    "目标忽略路径中的 client_id，显示调用者自己的注册信息",
  "the client_id, agent_id and agent_status of the caller's registration":
    "调用者注册信息中的 client_id、agent_id 和 agent_status",
  "client_id is {0}": "client_id 为 {0}",
  "agent_id is {0}": "agent_id 为 {0}",
  "agent_status is {0}": "agent_status 为 {0}",
  "neither client_id nor agent_id": "既没有 client_id 也没有 agent_id",
  "the configuration says: no agent status": "配置说明：没有智能体状态",
  "the target has no GET /ath/agents/{clientId}": "目标没有 GET /ath/agents/{clientId}",
  "no form of credentials lets an agent read its registration: {0}": "没有一种凭证形式能让智能体读取其注册信息：{0}",
  "accept one of {0}, or declare features.agent_status: false": "接受 {0} 之一，或声明 features.agent_status: false",
};
