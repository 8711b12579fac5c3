import type { ChineseTexts } from "./text.ts";

/** AUN gateway: discovery, challenge, connect, versions, result. */
export const aunConnection: ChineseTexts = {
  A1: {
    says: "GET /.well-known/aun-gateway 应答 200 和一个 JSON 对象，其中的列表至少有一个网关。",
    mend: "提供该文档，gateways 中至少一项。",
  },
  A2: { says: "发现文档以 application/json 发送。", mend: "发送 Content-Type: application/json。" },
  A3: {
    says: "公布的每个 url 都是 ws:// 或 wss:// 的 URL。",
    mend: "公布 WebSocket URL，而不是服务的 HTTP 地址。",
  },
  A4: {
    says: "网关的 priority 是整数，或者省略。",
    mend: "把 priority 写成 JSON 整数，或省略它表示 999。",
  },
  A5: {
    says: "对该域每个 AID 的主机名，发现请求都有应答。",
    mend: "把该域的泛域名、gateway.{issuer} 和 {issuer} 都路由到发现文档。",
  },
  A6: {
    says: "公布的每个网关都接受 WebSocket 连接并发送 challenge。",
    mend: "把宕机的网关从文档中移除。",
  },
  A7: {
    says: "网关可用期间 GET /health 应答 200；在此之前客户端不会重连。",
    mend: "在网关的主机上提供应答 200 的 /health。",
  },
  A8: { says: "生产环境的网关只使用 TLS 1.2 或更高版本的 wss。", mend: "关闭 TLS 1.0 和 1.1。" },
  A9: {
    says: "连接的第一帧是通知 challenge，主动发送且没有 id。",
    mend: "连接一打开就发送 challenge。",
  },
  A10: {
    says: "challenge 含有 nonce，它是非空文本。",
    mend: "在 params.nonce 中放入新的随机文本。",
  },
  A11: {
    says: "每个连接都有自己的、无人能猜到的 nonce。",
    mend: "每个 nonce 至少取密码学随机源的 128 位。",
  },
  A12: {
    says: "challenge 还告知服务器名称、协议版本范围、认证方式、capabilities 和时间。",
    mend: "补上 server、protocol、auth_methods、capabilities 和 server_time。",
  },
  A13: {
    says: "challenge 之后，在应答客户端的第一个请求之前不推送任何内容；短连接客户端把第二帧当作自己的应答。",
    mend: "在应答 auth.connect 之前暂缓推送。",
  },
  A14: {
    says: "没有 nonce 的 auth.connect 被拒绝。",
    mend: "在查看其他内容之前，先以 4000 拒绝。",
  },
  A15: { says: "不属于本连接的 nonce 被拒绝。", mend: "把 nonce 与本连接 challenge 中的 nonce 比较。" },
  A16: {
    says: "其他连接的 nonce 无论多新都被拒绝。",
    mend: "把 nonce 与其连接一起保存，而不是放进所有连接共用的集合。",
  },
  A17: {
    says: "过期的 nonce 被拒绝；30 秒的时限可能先关闭连接。",
    mend: "给 nonce 设定寿命，或关闭不认证的连接。",
  },
  A18: {
    says: "已认证的连接上再次 auth.connect，总会得到某种应答。",
    mend: "以错误应答，或给出相同的结果。",
  },
  A19: {
    says: "没有 auth 或没有 auth.method 的 auth.connect 被拒绝。",
    mend: "以 4000 拒绝；绝不把缺失的 method 当作默认值。",
  },
  A20: { says: "未知的 auth.method 被拒绝。", mend: "按封闭的方式列表判断。" },
  A21: { says: "没有 token 的 kite_token 方式被拒绝。", mend: "以 4000 拒绝。" },
  A22: { says: "根本不是 token 的 token 被拒绝。", mend: "无论解析器报什么错，都以 4001 拒绝。" },
  A25: {
    says: "aid 方式需要 aid、request_id、nonce、client_time 和 signature。",
    mend: "缺少任意一项就以 4000 拒绝。",
  },
  A26: {
    says: "aid 方式中的 aid 是完整的 AID，含名称和 issuer。",
    mend: "以 4000 拒绝没有 issuer 的名称。",
  },
  A27: { says: "完整的 aid 方式连接获得准许。", mend: "用该 AID 的密钥验证对 auth.nonce 的签名。" },
  A28: { says: "aid 方式需要该 AID 自己的签名。", mend: "只用所指名 AID 的密钥验证。" },
  A29: {
    says: "登录 nonce 只能用一次，且只对其 AID 和 request_id 有效。",
    mend: "把 AID 和 request_id 与 nonce 一起保存，用时即删。",
  },
  A30: { says: "登录 nonce 的有效期为一分钟。", mend: "给它 60 秒的过期时间。" },
  A31: {
    says: "pairing_code 方式需要配对码，正确的配对码以所配对的 AID 连接。",
    mend: "查找配对码，用后即删。",
  },
  A32: {
    says: "JWT access token 可以用 kite_token 方式连接，auth.connect 结果中的 token 也可以。",
    mend: "接受两种形式的 token。",
  },
  A33: { says: "params 中未知的成员被容忍。", mend: "忽略不认识的成员。" },
  A34: {
    says: "双方都支持的版本中，最高的成为该连接的协议版本。",
    mend: "取两个范围的交集，逐段按数字比较版本。",
  },
  A35: { says: "没有共同版本时，auth.connect 以 -32000 拒绝。", mend: "在建立会话之前以 -32000 拒绝。" },
  A36: { says: "该错误在 data 中告知双方的范围。", mend: "补上 server_range 和 client_range。" },
  A37: { says: "发出该错误之后，服务器关闭连接。", mend: "错误发出后即关闭。" },
  A38: { says: "缺少的 min 或 max 当作 1.0，或被拒绝。", mend: "任选一种方式应答。" },
  A39: { says: "不成其为范围的范围被拒绝。", mend: "解析两个版本并比较。" },
  A40: {
    says: "结果说明 status 为 ok、协议版本、服务器时间，以及会话已认证。",
    mend: "以正确的类型发送全部四个成员。",
  },
  A41: {
    says: "结果中的 identity 是 token 的身份，无论请求怎么声称。",
    mend: "只从验证过的 token 取 AID。",
  },
  A42: {
    says: "结果中的 connection 有自己的 id，以及请求中的 device。",
    mend: "为每个连接生成随机 id，并回显 device.id。",
  },
  A43: {
    says: "结果告知 bridgeInfo、capabilities 和 trust_level。",
    mend: "以正确的类型发送这三个成员。",
  },
  A44: { says: "server_time 是以 Unix 秒计的时间。", mend: "发送秒，而不是毫秒。" },
  A45: {
    says: "服务器宣布的内容不取决于客户端的声明。",
    mend: "宣布服务器自己的 capabilities。",
  },
  A46: {
    says: "connection.kind 就是请求中的 kind。",
    mend: "回显 options.kind，省略时为 long。",
  },
};
