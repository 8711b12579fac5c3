import type { Phrases } from "../phrase-book.ts";

/** The gateway before legacy systems: calls, backends, restrictions, audit log and traffic. */
export const handshakeGateway: Phrases = {
  "no system has two scopes that allow different calls": "没有系统具有允许不同调用的两个 scope",
  "list two scopes with their operations under one system of handshake.systems":
    "在 handshake.systems 的一个系统下列出两个 scope 及其操作",
  "the kit does not know two systems and their calls": "本工具不知道两个系统及其调用",
  "list operations under two entries of handshake.systems": "在 handshake.systems 的两个条目下列出操作",
  "a refused call never reaches a backend": "被拒绝的调用绝不到达后端",

  // Backends
  "no access token in what the backends get": "后端收到的内容中没有 access token",
  "the access token of the agent": "智能体的 access token",
  "no X-ATH-* header in what the backends get": "后端收到的内容中没有 X-ATH-* header",
  "a credential in each request that a backend gets": "后端收到的每个请求中都有 credential",
  "headers: {0}": "header：{0}",
  "no call is in the backends' log": "后端的日志中没有调用",
  "each call in the backend's own form with all its data, and the answer as JSON":
    "每个调用以后端自己的格式带上全部数据，应答为 JSON",
  "the backend gets <0>, the agent gets JSON": "后端收到 <0>，智能体收到 JSON",
  "a SOAP envelope as XML": "XML 的 SOAP 信封",
  "form fields (application/x-www-form-urlencoded)": "表单字段（application/x-www-form-urlencoded）",
  JSON: "JSON",
  "the call is not in the backends' log: {0}": "调用不在后端的日志中：{0}",
  "none was made": "没有进行调用",
  "the backend got {0}: {1}": "后端收到 {0}：{1}",
  "the agent got {0}": "智能体收到 {0}",
  "the agent got no Content-Type": "智能体收到的没有 Content-Type",
  "the backend did not get: {0}": "后端没有收到：{0}",
  "no configured system speaks {0}": "所配置的系统都不使用 {0}",
  "no system's sample holds a text": "没有系统的示例含有文本",

  // Restrictions
  "scope_result announces no {0} to the agent that should have one": "scope_result 没有向应当有 {0} 的智能体公布它",
  "see {0}: the DIDs for which the target's policy has that restriction": "参见 {0}：目标的策略对其有该限制的 DID",
  "calls are answered within {0} and at no other time": "调用在 {0} 之内得到应答，其他时间则没有",
  "fewer calls than a day needs": "调用少于一天所需",
  "no call was answered at any time": "任何时间都没有调用得到应答",
  "access_time is {0} and not like 9:00-18:00": "access_time 为 {0}，不是 9:00-18:00 的形式",
  "rate_limit {0} cannot be exceeded by a test": "测试无法超出 rate_limit {0}",
  "configure an agent with a rate_limit of at most {0} per second, minute, hour or day":
    "配置一个 rate_limit 至多为每秒、每分、每小时或每天 {0} 次的智能体",
  "429 for what is beyond {0}": "超出 {0} 的得到 429",
  "no call was answered": "没有调用得到应答",
  "{0} calls were answered in {1} s": "{1} 秒内有 {0} 次调用得到应答",
  "the announced ip_whitelist names no address to claim": "所公布的 ip_whitelist 没有可供冒用的地址",

  "a refusal; it must be one where handshake.restrictions.forwarded_by is nobody":
    "拒绝；当 handshake.restrictions.forwarded_by 为 nobody 时必须拒绝",
  "the address in the header is believed, and the kit calls from where a proxy would":
    "header 中的地址被相信，而本工具正从代理所在之处调用",

  // Audit log
  "an entry about the agent for each decision": "每个决定都有关于该智能体的条目",
  "no entry for <0>": "没有<0>的条目",
  "a handshake that ended with a token": "以 token 结束的握手",
  "a forwarded call": "被转发的调用",
  "an identity that was refused": "被拒绝的身份",
  "a denial by the user": "用户的拒绝",
  "a call that no scope allows": "没有 scope 允许的调用",
  "the user": "用户",
  "the backend": "后端",
  "the scopes": "scope 列表",
  "the outcome": "结果",
  "the entry of a forwarded call names agent, user, backend, scopes and outcome":
    "被转发调用的条目写明智能体、用户、后端、scope 和结果",
  "no entry about this agent's call": "没有关于该智能体调用的条目",
  "not in the entry: <0>": "条目中没有：<0>",
  "no secret in any entry": "任何条目中都没有机密",
  "in the log: {0}": "日志中有：{0}",

  // Traffic
  "no call was seen at the backend": "在后端没有见到调用",
  "the backend was called {0} times in a row while it failed": "后端失败期间被连续调用 {0} 次",
  "the backend was called {0} times in a row while it failed, at first {1} times":
    "后端失败期间被连续调用 {0} 次，起初为 {1} 次",
  "calls are answered again within ten minutes": "十分钟内调用恢复应答",
  "the backend was never called again": "后端再也没有被调用",
  "status 503 without a call of the backend": "不调用后端而应答 503",
  "the backend was called after {0} failures in a row": "连续失败 {0} 次之后后端仍被调用",
  "no more calls of the failing backend than at first": "对失败后端的调用不多于起初",
  "the backend was not tried within ten minutes": "十分钟内没有尝试后端",
  "a call of another backend is answered": "对另一后端的调用得到应答",
  "no call of another backend": "没有对另一后端的调用",
};
