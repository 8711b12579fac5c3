import type { ChineseReadings } from "./text.ts";

/** The kit's positions on ATH 0.1. */
export const athPositions: Readonly<Record<string, ChineseReadings & { readonly question: string }>> = {
  "POS-1": {
    question: "authorization_url 是直接通向 provider，还是先经过实现方？",
    readings: [
      "正如字段说明所言，它就是 provider 自己的同意页 URL。",
      "它是实现方的页面，因为只有经过那里的浏览器才能得到用于绑定的 cookie。",
    ],
    position:
      "工具从 authorization_url 起扮演只有一个 cookie jar 的浏览器，无论它通向哪里；来自另一个 cookie jar 的 callback 必须失败。",
  },
  "POS-2": {
    question: "网关自己兑换 provider 的 code，那么智能体向其 token 端点发送哪个 code？",
    readings: [
      "code 是给智能体的，随重定向到 user_redirect_uri 一起到来。",
      "智能体没有自己的 code，有什么就发什么；只有会话 id 算数。",
    ],
    position:
      "工具发送重定向到 user_redirect_uri 时所带的 code，否则发送浏览器访问过的 callback URL 中的 code；目标可以忽略它，但若使用，则必须与其会话绑定。",
  },
  "POS-3": {
    question: "token 可以有多长的寿命？",
    readings: ["正如握手的安全说明所言，最多一小时。", "由实现方自行决定，因为同一文本的网关示例给了八小时。"],
    position: "一小时是建议：更长的寿命只是警告。",
  },
  "POS-4": {
    question: "智能体查询自己的注册信息时如何认证？",
    readings: ["用 attestation，放在文本没有指明的 header 中。", "用其 client_id 和 client_secret。"],
    position:
      "判断的是不带凭证时的拒绝；对于接受的情形，工具依次尝试所配置的形式：bearer attestation、用 client 凭证的 HTTP Basic、然后是 header X-ATH-Agent-Attestation。",
  },
  "POS-5": {
    question: "attestation 的 iss 是什么？",
    readings: ["如示例所示，是智能体的 origin。", "如所有已知智能体所发送的，是完整的 agent_id。"],
    position:
      "工具发送完整的 agent_id，并在一项只可能得出 ambiguous 的检查中尝试 origin；无论 iss 说什么，密钥都是 sub 处公布的那个。",
  },
  "POS-6": {
    question: "一次调用的各条规则按什么顺序适用？被拒绝的调用是否用掉其 jti？",
    readings: ["先判断 attestation 并记住其 jti，再做其他一切。", "代价小的规则在先，被拒绝的调用不用掉 jti。"],
    position: "两者都可以：工具的每次调用都发送新的 attestation，重复调用时也一样。",
  },
  "POS-7": {
    question: "同意之后浏览器停在哪里，带有哪些参数？",
    readings: [
      "如 OAuth 2.0，停在 user_redirect_uri，带有智能体的 state。",
      "停在实现方的页面，因为 user_redirect_uri 是可选的，且文本没有指明参数。",
    ],
    position: "重定向链结束即为同意完成，无论参数叫什么；只有在 user_redirect_uri 被接受时，才判断返回的 state。",
  },
  "POS-8": {
    question: "PKCE challenge 必须在哪个 URL 中？",
    readings: [
      "在 authorization_url 本身之中。",
      "在最终到达 provider 的 URL 之中，因为 authorization_url 可以是实现方自己的页面。",
    ],
    position: "工具跟随重定向，判断到达 provider 的 URL。",
  },
  "POS-9": {
    question: "注册应答什么？空的重定向 URI 列表是什么意思？",
    readings: [
      "状态码 201，只有获批准的智能体才有凭证，空列表也是列表。",
      "状态码 200 或 201，被拒绝的智能体也有凭证，空列表等于没有列表。",
    ],
    position: "两种状态码、以及给被拒绝智能体的凭证都被接受；空的 redirect_uris 等同于省略。",
  },
  "POS-10": {
    question: "末尾带斜杠的 audience 是同一个 audience 吗？",
    readings: ["audience 逐字符比较。", "带与不带斜杠的 URL 指同一台服务器。"],
    position: "两种应答都被接受；工具的对照请求不带斜杠。",
  },
  "POS-11": {
    question: "拒绝是指状态码，还是指效果？",
    readings: ["不得成功的调用必须以错误状态码应答。", "不得成功的调用必须没有效果；RFC 7009 对其中一些甚至要求 200。"],
    position: "以效果为准：撤销看 token 是否仍可用，注册看后续调用，没有 token 则看 token 是否确实不存在。",
  },
  "POS-12": {
    question: "什么都不能批准的智能体是什么状态？",
    readings: ["其 agent_status 为 denied。", "状态为 approved 或 pending，所有 scope 都被拒绝。"],
    position: "只要什么都没有批准，三种状态都被接受。",
  },
  "POS-13": {
    question: "智能体的身份文档可以在其主机的任意位置吗？",
    readings: [
      "文档所述的模式有约束力，身份文档位于智能体主机的根。",
      "任何 URI 都可以，因为 agent_id 的定义就是 URI。",
    ],
    position: "目标可以坚持要求主机的根；工具的 id_template 依目标而定。",
  },
  "POS-14": {
    question: "原生服务的端点在哪里？它的 provider_id 是什么？",
    readings: [
      "只有其发现文档中的端点算数，provider_id 没有定义。",
      "/ath 端点在其 base URL 之下，以 app_id 代替 provider_id。",
    ],
    position: "/ath 端点在服务的 base URL 之下，provider_id 就是 app_id。",
  },
  "POS-15": {
    question: "九步握手与注册、授权、token 端点是同一个协议吗？",
    readings: ["两者都名为 ATH 0.1，因此实现方要同时做到两者。", "它们是同名的两个协议，实现方只做其中之一。"],
    position: "它们是两个 profile，分别判断、分别报告。",
  },
  "POS-16": {
    question: "格式错误的请求、错误的 client 凭证、错误的 grant_type、重定向 URI 不符或重复注册，该用哪个 code？",
    readings: ["只能勉强套用列表中的某个 code。", "列表有空缺，实现方用自己的 code 填补。"],
    position:
      "拒绝就是什么都不授予的 4xx，几个合适的 code 都可以；未列出的 code 和不寻常的状态码各自是一项单独的发现，状态码 409 可以带任何 code。",
  },
  "POS-17": {
    question: "自己征求同意的原生服务，是否需要 proof key 和 callback？",
    readings: [
      "两者属于每个实现方，因为授权和 callback 的描述没有区分模式。",
      "两者保护的是从 provider 回到实现方的路；有自己同意页的服务没有这样的路。",
    ],
    position:
      "浏览器经过 OAuth 授权请求或 callback 的原生服务，按此判断；其自己的页面直接通回智能体时，这些检查不适用。",
  },
};

/** The kit's readings of the AUN documents. */
export const aunReadings: Readonly<Record<string, ChineseReadings>> = {
  B1: {
    readings: ["aid 方式只对登录 nonce 签名。", "与登录第二步一样，对 nonce:client_time 签名。"],
    position: "两者都被接受；工具先只对 nonce 签名，并说明目标采用哪一种。",
  },
  B2: {
    readings: ["client_time 是以秒计的数字。", "client_time 是文本，如所有公开客户端所发送的。"],
    position: "两者都有效，被签名的文本就是所发送的文本。",
  },
  B3: {
    readings: ["request_id 由服务器生成。", "客户端在第一步发送一个。"],
    position: "它由服务器生成；客户端发送的应被忽略。",
  },
  B5: {
    readings: ["登录第二步的应答没有 refresh token。", "有，因为 refresh 需要它。"],
    position: "它是必需的，缺少则为警告。",
  },
  B7: {
    readings: ["被拒绝的 refresh 是 success 为 false 的结果。", "它是错误 -32005。"],
    position: "两者都是拒绝；有结果时才判断结果的结构。",
  },
  B13: {
    readings: ["新连接被拒绝。", "新连接替换旧连接。"],
    position: "两者都被接受，报告会说明是哪一种；两个都存活或都不存活则是违反。",
  },
  B15: { readings: ["min 和 max 是必需的。", "缺少的当作 1.0。"], position: "两者都被接受。" },
  B23: { readings: ["发送方收到 event/message.ack。", "从不发送这样的事件。"], position: "两者都被接受。" },
  B26: {
    readings: ["再次创建 AID 由运营者的策略决定。", "它被拒绝，如所有公开客户端所期望的。"],
    position: "把它给另一个密钥，则为警告。",
  },
  B28: {
    readings: ["没有 device 的客户端可以任意多次连接。", "其中只有一个可以连接。"],
    position: "只要第一个能连接，两者都被接受。",
  },
};

/** The readings that rows of the nine-step handshake carry, by what they are about (specs/ath-handshake/positions.ts). */
export const handshakeReadings: Readonly<Record<string, ChineseReadings>> = {
  "out-of-order": {
    readings: ["握手保持原状，之后仍接受正确的消息。", "握手就此结束，与其他违反协议的情形一样。"],
    position: "工具要求拒绝该消息且不授予任何东西；握手继续则通过，彻底结束记为 ambiguous，停在其他任何状态则失败。",
  },
  repetition: {
    readings: [
      "每条消息只应出现一次；再来一次就是次序错误，应被拒绝。",
      "同一条消息再来一次是重试，如超时之后那样；得到与先前相同的应答，不改变任何东西。",
    ],
    position:
      "重复的证明或 scope_request 可以被拒绝，也可以被接受；但它不得推动握手、扩大授予的范围、让另一个密钥进来，或给出第二个令牌。",
  },
  "claimed-address": {
    readings: [
      "客户端的地址是其连接所来自的地址；头部所说的只是一种声称。",
      "代理之后的网关从其代理所写的头部取得地址。",
    ],
    position:
      "在代理之后，网关可以相信该代理，而不相信其他任何人。经由回环地址时，工具正处在这种代理的位置：在那里被相信的声称记为 ambiguous，除非 handshake.restrictions.forwarded_by 说明不应相信任何人；在其他任何地方则失败。",
  },
};
