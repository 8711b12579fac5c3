import type { Phrases } from "../phrase-book.ts";

/** What first contact and the doctor find, why there is no certificate, and what profiles and sections are called. */
export const setUp: Phrases = {
  // Network
  "{0} is an address; no name has to be looked up": "{0} 是地址，无需查询名称",
  "the name {0} does not resolve on this machine ({1})": "名称 {0} 在本机无法解析（{1}）",
  "correct target.url, or add the name to this machine's DNS or /etc/hosts":
    "更正 target.url，或把该名称加入本机的 DNS 或 /etc/hosts",
  "port {0} takes connections ({1} ms)": "端口 {0} 接受连接（{1} 毫秒）",
  "no connection to {0} port {1} ({2})": "无法连接 {0} 端口 {1}（{2}）",
  "start the target, or correct the port in target.url": "启动目标，或更正 target.url 中的端口",
  "a firewall may drop the packets: open the way from this machine, or run the kit nearer":
    "防火墙可能丢弃了数据包：打通本机的通路，或在更近处运行本工具",
  "there is no way to this address from here: check VPN and routes": "从这里无法到达该地址：检查 VPN 和路由",
  "check target.url and the network between": "检查 target.url 和中间的网络",
  "port {0} does not speak TLS ({1})": "端口 {0} 不使用 TLS（{1}）",
  "check the scheme in target.url: http:// and https:// are different ports":
    "检查 target.url 的 scheme：http:// 与 https:// 端口不同",
  "{0}, a certificate for {1} that is trusted": "{0}，{1} 的证书受信任",
  "{0}, and its certificate is not trusted: {1}": "{0}，其证书不受信任：{1}",
  '{0}, and its certificate is not trusted: {1}; it was issued by "{2}"': "{0}，其证书不受信任：{1}；由 “{2}” 签发",
  "--insecure accepts it; the report says so": "--insecure 接受它；报告会写明",
  "pass the target's CA with --ca FILE": "用 --ca FILE 传入目标的 CA",
  "renew the target's certificate, or pass --insecure for this host": "更新目标的证书，或对该主机使用 --insecure",
  "use the name in target.url that the certificate is made out to": "在 target.url 中使用证书所载的名称",
  "pass that authority's certificate with --ca FILE, or --insecure for this host":
    "用 --ca FILE 传入该签发机构的证书，或对该主机使用 --insecure",

  // First contact
  "no answer from {0}: {1}: {2}": "{0} 没有应答：{1}：{2}",
  "no answer from {0}: <1>": "{0} 没有应答：<1>",
  "check target.url, and that the target is up and reachable from here":
    "检查 target.url，以及目标是否启动并可从这里到达",
  "the target answered discovery, but not a registration: {0}": "目标应答了发现，却没有应答注册：{0}",
  "the target answered discovery, but not a registration: <0>": "目标应答了发现，却没有应答注册：<0>",
  "look at the target's log; raise --timeout if it is slow": "查看目标的日志；若目标较慢，调大 --timeout",
  "{0} answers a registration with <1>: a page or a login, not the API":
    "{0} 以 <1> 应答注册：是页面或登录，而不是接口",
  "check target.url; if the gateway stands behind a login, add its header or cookie to target.headers":
    "检查 target.url；若网关位于登录之后，把其 header 或 cookie 加入 target.headers",
  "no provider with a scope is configured, and the target publishes none":
    "没有配置带 scope 的 provider，目标也没有公布任何 provider",
  "list at least one provider of the target, with its scopes, under providers":
    "在 providers 下至少列出目标的一个 provider 及其 scope",
  "a valid registration got <0>, and the target never fetched the agent's identity document at {1}":
    "有效注册得到 <0>，而目标从未在 {1} 获取智能体的身份文档",
  "make the kit's agents.listen address reachable for the target and set agents.base_url to how the target sees it; if the gateway wants a login first, set target.headers; if a run before this one moved its clock (hooks.clock), set it back":
    "让目标能够到达本工具的 agents.listen 地址，并把 agents.base_url 设为目标所见的地址；若网关要求先登录，设置 target.headers；若此前的运行移动了其时钟（hooks.clock），把它调回",
  "a valid registration was refused: <0>; most checks need one": "有效注册被拒绝：<0>；多数检查需要一次注册",
  "see the target's log for why; check agents.id_template and the providers and scopes of the configuration":
    "原因见目标的日志；检查 agents.id_template 以及配置中的 provider 和 scope",
  "no document of a native service at {0}: <1>; where its API is remains unknown":
    "{0} 处没有原生服务的文档：<1>；其接口在哪里不得而知",
  "publish it there; if the target is a gateway, judge it with the profile ath-gateway":
    "在那里发布；若目标是网关，用 profile ath-gateway 判断",
  "nothing listens there: start the target, or correct target.url": "那里没有监听：启动目标，或更正 target.url",
  "a port that speaks TLS closes at once (then target.url begins with https://), and so does a proxy that does not let this machine in":
    "使用 TLS 的端口会立即关闭（此时 target.url 以 https:// 开头），不放行本机的代理也一样",
  "the host name does not resolve here: correct target.url": "主机名在这里无法解析：更正 target.url",
  "the certificate is not trusted: pass its CA with --ca, or --insecure for this host":
    "证书不受信任：用 --ca 传入其 CA，或对该主机使用 --insecure",
  "it accepts connections and does not answer: look at the target, or raise --timeout":
    "它接受连接却不应答：查看目标，或调大 --timeout",
  "what answers there does not speak HTTP: check scheme and port of target.url":
    "那里的应答不是 HTTP：检查 target.url 的 scheme 和端口",
  "handshake_response carries no handshake id in its {0}, or no nonce":
    "handshake_response 的 {0} 中没有握手 id，或没有 nonce",
  "set handshake.correlation to where the target puts the id: body, header or cookie":
    "把 handshake.correlation 设为目标放置 id 之处：body、header 或 cookie",
  "handshake.systems names no scope, so that the kit has nothing to ask for after the proof of identity":
    "handshake.systems 没有列出 scope，因此本工具在身份证明之后没有可请求的内容",
  "{0} answers a handshake_request with <1>: not the endpoint of the handshake":
    "{0} 以 <1> 应答 handshake_request：不是握手的端点",
  "{0} answers a handshake_request with {1}: not the endpoint of the handshake":
    "{0} 以 {1} 应答 handshake_request：不是握手的端点",
  "check target.url and handshake.path; if the gateway stands behind a login, add its header or cookie to target.headers":
    "检查 target.url 和 handshake.path；若网关位于登录之后，把其 header 或 cookie 加入 target.headers",
  "a valid {0} was refused: <1>; most checks need a whole handshake": "有效的 {0} 被拒绝：<1>；多数检查需要完整的握手",
  "see the target's log for why; check handshake.algorithm, handshake.signature, handshake.versions, handshake.user and the scopes of handshake.systems":
    "原因见目标的日志；检查 handshake.algorithm、handshake.signature、handshake.versions、handshake.user 和 handshake.systems 的 scope",
  "a valid scope_request got <0>, and the user {1} was never asked at the kit's confirmation address":
    "有效的 scope_request 得到 <0>，而用户 {1} 从未在本工具的确认地址被询问",
  "register the user's public key with the target, and as his confirmation address that of handshake.confirmation, reachable for the target; a page of the target's own where he is asked cannot be used":
    "在目标登记用户的公钥，并把目标能够到达的 handshake.confirmation 的地址登记为他的确认地址；目标自己询问他的页面无法使用",

  // Doctor
  'not looked at, since "{0}" did not succeed': "没有查看，因为 “{0}” 没有成功",
  "{0} answers (HTTP {1})": "{0} 有应答（HTTP {1}）",
  "{0} answers (<1>)": "{0} 有应答（<1>）",
  "look at the target's log": "查看目标的日志",
  "the target sends no Date, so its clock is not known": "目标不发送 Date，因此不知道其时钟",
  "the clocks agree to {0} s": "两边时钟相差不到 {0} 秒",
  "the target's clock is #0 s ahead of this machine's": "目标的时钟比本机快 #0 秒",
  "the target's clock is #0 s behind this machine's": "目标的时钟比本机慢 #0 秒",
  "the target's clock is #0 s ahead of this machine's; <1>": "目标的时钟比本机快 #0 秒；<1>",
  "the target's clock is #0 s behind this machine's; <1>": "目标的时钟比本机慢 #0 秒；<1>",
  "attestations may be off by 300 s at most": "attestation 至多偏差 300 秒",
  "timestamps may be off by 300 s at most": "timestamp 至多偏差 300 秒",
  "set both clocks by NTP": "用 NTP 校准两边的时钟",
  "nothing at {0}; what the configuration says is taken": "{0} 处没有内容；以配置所说为准",
  "{0} is a DiscoveryDocument": "{0} 是 DiscoveryDocument",
  "{0} is a ServiceDiscoveryDocument": "{0} 是 ServiceDiscoveryDocument",
  "see DISC-1, DISC-2": "参见 DISC-1、DISC-2",
  "{0} is no DiscoveryDocument: {1}": "{0} 不是 DiscoveryDocument：{1}",
  "{0} is no ServiceDiscoveryDocument: {1}": "{0} 不是 ServiceDiscoveryDocument：{1}",
  "the target registers the agent {0}, without fetching it": "目标注册了智能体 {0}，没有获取它",
  "the target registers the agent {0}, after fetching it once": "目标获取一次之后注册了智能体 {0}",
  "the target registers the agent {0}, after fetching it {1} times": "目标获取 {1} 次之后注册了智能体 {0}",
  "the target sends users to {0}": "目标把用户送往 {0}",
  "the target sends users to no provider: {0}": "目标没有把用户送往任何 provider：{0}",
  "see what the target answers there": "查看目标在那里应答什么",
  "a user consented, and the token carries {0}": "用户已同意，token 含有 {0}",
  "hooks.clock works; the target's clock is one second ahead now": "hooks.clock 可用；目标的时钟现在快了一秒",
  "hooks.audit gives {0} entries": "hooks.audit 给出 {0} 个条目",
  "hooks.audit gives an empty log, right after a registration": "刚刚注册之后，hooks.audit 给出空的日志",
  "check its URL": "检查其 URL",
  "agents of developer {0} stay pending": "开发者 {0} 的智能体保持 pending",
  "an agent of developer {0} is not left pending: <1>": "开发者 {0} 的智能体没有保持 pending：<1>",
  "correct hooks.pending_agent.developer_id, or the target's policy":
    "更正 hooks.pending_agent.developer_id 或目标的策略",
  "eight requests side by side are answered": "八个并行的请求得到应答",
  "eight requests side by side meet a rate limit": "八个并行的请求遇到限流",
  "eight requests side by side meet a rate limit (Retry-After: {0})": "八个并行的请求遇到限流（Retry-After：{0}）",
  "raise the limit for this machine, or run with --jobs 1": "为本机提高限额，或用 --jobs 1 运行",
  "{0} got a token, and {1} confirmed it": "{0} 得到 token，由 {1} 确认",
  "a call was answered with HTTP {0}": "调用得到 HTTP {0}",
  "a call within the granted scopes got <0>": "在所授予 scope 之内的调用得到 <0>",
  "check the operations in handshake.systems, and that the backends are up":
    "检查 handshake.systems 中的操作，以及后端是否启动",
  "the hook moved the clock by ten minutes, and a handshake of the new present works":
    "hook 把时钟移动了十分钟，以新的当前时间握手可行",
  "the audit log has {0} entries": "审计日志有 {0} 个条目",
  "the backends' log has {0} entries": "后端的日志有 {0} 个条目",

  // Certificates
  "no certificate for {0}:": "{0} 得不到证书：",
  "Valid until {0}.": "有效至 {0}。",
  "the run was interrupted": "运行被中断",
  "it is shard {0} of {1} only": "它只是第 {0} 个分片，共 {1} 个",
  "{0} failed ({1})": "{0} 失败（{1}）",
  "{0} was not tested ({1})": "{0} 未测试（{1}）",
  "{0} was not tested ({1}): <2>": "{0} 未测试（{1}）：<2>",
  "{0} was not part of the run": "{0} 不在运行之中",
  "nobody is named as its maker: implementation.organization and .project in the configuration":
    "没有写明其制作者：配置中的 implementation.organization 和 .project",
  "the self-test is of {0}": "自测属于 {0}",
  "the self-test of the kit is not clean": "本工具的自测不干净",
  "the fault {0} was not caught": "fault {0} 没有被发现",
  "no fault proves {0}": "没有 fault 证明 {0}",
  "this version does not know the profile {0}": "本版本不认识 profile {0}",
  "it is not made of DSSE envelopes, one a line": "它不是由每行一个的 DSSE 信封组成",
  "it is signed by the key {0}…, and the one given is {1}…": "它由密钥 {0}… 签名，而所给的是 {1}…",
  "its signature does not hold: it was changed after it was signed": "其签名不成立：签名之后被改动过",
  "it has no statement of the type {0}": "其中没有类型为 {0} 的声明",
  "its two statements are not of the same run": "其两份声明不是同一次运行的",
  "{0} is not the evidence that was certified": "{0} 不是被认证的证据",
  "judged again, the evidence says: <0>": "重新判断，证据说明：<0>",
  "it says itself: <0>": "它自己写明：<0>",
  "the verdict is not conformant: <0>": "结论不是符合：<0>",
  "it counts from {0}": "它从 {0} 起有效",
  "it counted until {0}": "它有效至 {0}",
  "{0} checks had to run, and {1} have a result": "应运行 {0} 项检查，有结果的为 {1} 项",
  "the kit caught {0} of {1} faults": "本工具发现了 {1} 个 fault 中的 {0} 个",

  // Profiles and sections
  "ATH 0.1, gateway mode": "ATH 0.1，网关模式",
  "ATH 0.1, native mode": "ATH 0.1，原生模式",
  "ATH nine-step handshake, gateway": "ATH 九步握手，网关",
  "AUN, Gateway mode": "AUN，Gateway 模式",
  Discovery: "发现",
  Transport: "传输",
  Attestation: "证明",
  Registration: "注册",
  "Agent status": "智能体状态",
  Authorization: "授权",
  Callback: "回调",
  "OAuth bridge": "OAuth 桥接",
  "Token exchange": "令牌兑换",
  Proxy: "代理",
  "API calls": "接口调用",
  "Token binding": "令牌绑定",
  Revocation: "撤销",
  "Audit log": "审计日志",
  "Rate limits": "限流",
  Errors: "错误",
  "Hello and proof of the gateway": "问候与网关的证明",
  "Proof of the agent": "智能体的证明",
  "Order of messages": "消息的顺序",
  "User authorization credential": "用户授权凭证",
  "Granted scopes": "所授予的 scope",
  "User confirmation": "用户确认",
  "Completion and access token": "完成与 access token",
  "Calls through the gateway": "经网关的调用",
  "Bad input and abandoned handshakes": "错误输入与被遗弃的握手",
  Backends: "后端",
  Restrictions: "限制",
  "Rate limits and circuit breaking": "限流与熔断",
  Challenge: "质询",
  "Protocol versions": "协议版本",
  "The result of auth.connect": "auth.connect 的结果",
  "Devices, slots and delivery modes": "设备、槽位与投递模式",
  Delivery: "投递",
  "Long and short connections": "长连接与短连接",
  "Before auth.connect": "auth.connect 之前",
  "The auth service": "认证服务",
  "Access tokens": "访问令牌",
  "Heartbeat, status and trust roots": "心跳、状态与信任根",
  Reconnection: "重连",
  Messages: "消息",
  "Other domains": "其他域",
};
