import type { Phrases } from "../phrase-book.ts";

/** Proxy, binding, revocation, audit log and errors. */
export const athUse: Phrases = {
  // Proxy
  "a refused call never reaches the provider": "被拒绝的调用绝不到达 provider",
  "the ATH token in no header, not in the URL and not in the body": "ATH token 不在任何 header、URL 或正文中",
  "it is in the URL or the body": "它在 URL 或正文中",
  "it is in the header {0}": "它在 header {0} 中",
  "no X-ATH-Agent-ID": "没有 X-ATH-Agent-ID",
  "a token that the provider issued for this user": "provider 为该用户签发的 token",
  "no token of the provider came along": "没有带来 provider 的 token",
  "neither the headers that Connection names nor Keep-Alive and Proxy-Connection":
    "既没有 Connection 所列的 header，也没有 Keep-Alive 和 Proxy-Connection",
  "no call arrived at the provider": "没有调用到达 provider",
  "every request that arrives is for the provider's API, or none arrives":
    "到达的每个请求都是给 provider 接口的，或没有请求到达",
  "no call of the control arrived": "对照的调用没有到达",
  "the body as it was sent": "与所发送一致的正文",
  "the method as it was sent": "与所发送一致的方法",
  "the query as it was sent": "与所发送一致的 query",
  "the Content-Type as it was sent": "与所发送一致的 Content-Type",
  "the path behind the provider's id, whole": "provider 的 id 之后的完整路径",
  "the body as the provider sent it": "与 provider 所发送一致的正文",
  "the Content-Type as the provider sent it": "与 provider 所发送一致的 Content-Type",
  "the status that the provider answered": "provider 所应答的状态码",
  "the provider's redirect itself": "provider 的重定向本身",
  "status 204 and no body": "状态码 204，没有正文",
  "Content-Encoding: gzip with the bytes that the provider sent, or the plain text without it":
    "Content-Encoding: gzip 并带 provider 所发送的字节，或不带它而为明文",
  "{0}, announced without Content-Encoding": "{0}，没有以 Content-Encoding 标明",
  "<0>, announced without Content-Encoding": "<0>，没有以 Content-Encoding 标明",
  "the query ?{0} instead of ?{1}": "query 是 ?{0} 而不是 ?{1}",
  "the query ? instead of ?{0}": "query 为空，而不是 ?{0}",
  "HTTP {0} instead of {1}": "HTTP {0} 而不是 {1}",
  "{0} instead of {1}": "{0} 而不是 {1}",
  "{0} bytes instead of {1}": "{0} 字节而不是 {1}",
  "other bytes ({0}, as many as there should be)": "字节不同（{0} 个，数目正确）",
  "<0>, and nothing arrived": "<0>，什么都没有到达",
  "no scope of the first provider allows a call that another one does not":
    "第一个 provider 没有一个 scope 允许另一个所不允许的调用",
  "list operations of two scopes in {0}": "在 {0} 中列出两个 scope 的操作",
  "the kit does not know which calls the second provider's scopes allow":
    "本工具不知道第二个 provider 的 scope 允许哪些调用",
  'the configuration lists no provider "{0}"': "配置没有列出 provider “{0}”",
  "list it in {0}": "在 {0} 中列出它",

  // Binding and revocation
  "a call with the token of {0}": "使用 {0} 的 token 的调用",
  "each call carries the provider token of its own user": "每个调用都带有其自己用户的 provider token",
  "not every call arrived": "不是每个调用都到达",
  "the token of {0} used the provider token of {1}": "{0} 的 token 使用了 {1} 的 provider token",
  "the token works as before": "token 照常可用",
  "no call worked before the revocation": "撤销之前没有可用的调用",
  "<0> to a call afterwards": "此后的调用得到 <0>",
  "status 200 (RFC 7009 § 2.2)": "状态码 200（RFC 7009 § 2.2）",
  "no revocation was granted": "没有撤销获得准许",
  "answered with {0} in the place of 200": "以 {0} 应答，而不是 200",

  // Audit log
  "an entry for {0}": "{0} 的条目",
  "an entry {0} for <1>": "<1>的 {0} 条目",
  "nothing was done that had to be logged": "没有做过必须记入日志的事",
  "an unnamed one": "没有名称的条目",
  "no entry about this agent": "没有关于该智能体的条目",
  "of this agent only: {0}": "该智能体只有：{0}",
  "a registration": "注册",
  "a registration that policy denied": "被策略拒绝的注册",
  "an attestation that did not verify": "未通过验证的 attestation",
  "an authorization that began": "开始的授权",
  "a token that was issued": "签发的 token",
  "access that the user denied": "用户拒绝的访问",
  "a token that was revoked": "撤销的 token",
  "a call with a token": "使用 token 的调用",
  "a call or an authorization beyond the scopes": "超出 scope 的调用或授权",
  "timestamp, event and agent_id; for an access also user_id, provider_id and the scopes":
    "timestamp、event 和 agent_id；对访问还有 user_id、provider_id 和 scope",
  "missing or of another type: {0}": "缺少或类型不对：{0}",
  "no credential in any entry": "任何条目中都没有凭证",
  "credentials in the log: {0}": "日志中的凭证：{0}",

  // Steps
  "a call after the clock was moved": "移动时钟之后的调用",
  "authorize seven minutes later": "七分钟后授权",
  "authorize with a resource": "带 resource 授权",
  "authorize with the new key after five minutes": "五分钟后用新密钥授权",
  "authorize, with an attestation of its own": "用自己的 attestation 授权",
  "register with a key published as JWK": "用以 JWK 发布的密钥注册",
  'register as developer "{0}"': "以开发者 “{0}” 注册",
  "the kit's own request was not recorded": "没有记录到本工具自己的请求",

  // Errors
  "no refusal carried a code": "没有拒绝带 code",
  "{0} kinds of refusal looked at": "查看了 {0} 种拒绝",
  "the status that the table of error codes gives the code": "错误码表给该 code 的状态码",
  "a code of the list, with every status that the list speaks of": "列表中的 code，涵盖列表提到的每个状态码",
  "refusals to look at": "可供查看的拒绝",
  "the target refused nothing": "目标什么都没有拒绝",
  "an error that says nothing of the target's code": "不透露目标代码的错误",
  "a stack trace in the body": "正文中有堆栈信息",
  "a name that nobody registered is unknown": "无人注册的名称是未知的",
  "a refusal (4xx), no crash and no silence": "拒绝（4xx），不崩溃也不沉默",
  "a target that serves valid requests": "对有效请求提供服务的目标",
};
