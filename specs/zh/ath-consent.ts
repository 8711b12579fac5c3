import type { ChineseTexts } from "./text.ts";

/** ATH 0.1: authorization, callback, bridge, token. */
export const athConsent: ChineseTexts = {
  "AUTHZ-1": {
    says: "未注册的 client_id 以 AGENT_NOT_REGISTERED 拒绝。",
    mend: "首先查找 client_id，找不到就应答 AGENT_NOT_REGISTERED。",
  },
  "AUTHZ-2": {
    says: "状态不是 approved 的智能体以 AGENT_UNAPPROVED 拒绝。",
    mend: "每次授权都检查 agent_status 和 approval_expires，而不只在注册时检查。",
  },
  "AUTHZ-3": {
    says: "此处按与注册相同的规则验证 attestation。",
    mend: "凡接收 attestation 的端点，都调用同一个验证器。",
  },
  "AUTHZ-4": {
    says: "智能体未获批准的 provider 以 PROVIDER_NOT_APPROVED 拒绝。",
    mend: "在该智能体的批准记录里查找 provider，而不是在目录里查找。",
  },
  "AUTHZ-5": {
    says: "超出已批准范围的 scope 以 SCOPE_NOT_APPROVED 拒绝，且不产生会话。",
    mend: "有未批准的 scope 时拒绝整个请求，而不是丢掉那个 scope。",
  },
  "AUTHZ-6": {
    says: "授权 URL 带有 PKCE challenge：43 个 base64url 字符，方法为 S256，每个会话都是新的。",
    mend: "为每个会话生成新的 code_verifier，并发送它的 S256 challenge（RFC 7636 § 4.2）。",
  },
  "AUTHZ-7": {
    says: "没有 state 的请求必须被拒绝。",
    mend: "把 state 当作必填的非空字符串。",
  },
  "AUTHZ-8": {
    says: "user_redirect_uri 必须与某个已注册的重定向 URI 完全相同。",
    mend: "只比较字符串本身：不做前缀匹配，不做规范化。",
  },
  "AUTHZ-9": {
    says: "没有注册任何重定向 URI 的智能体不得发送 user_redirect_uri。",
    mend: "把空列表或缺省的列表当作与任何值都不匹配的列表。",
  },
  "AUTHZ-10": {
    says: "attestation 的 sub 就是该 client_id 注册时的 agent_id；否则以 AGENT_IDENTITY_MISMATCH 或 INVALID_ATTESTATION 拒绝。",
    mend: "验证签名之后，把 sub 与所存的 agent_id 比较。",
  },
  "AUTHZ-11": {
    says: "智能体发送 resource indicator 时，将其转交给 provider。",
    mend: "把 resource 复制到 provider 的授权 URL 和 token 请求中。",
    why: "转交 indicator 是可选的，因此没有转交只会被提及。",
  },
  "AUTHZ-12": {
    says: "到达 callback 的浏览器就是被送去征求同意的那个浏览器，由 HttpOnly cookie 证明。",
    mend: "先让浏览器经过你自己的页面，设置与会话绑定的 HttpOnly cookie，并在 callback 处要求它。",
  },
  "CB-1": {
    says: "state 未知、缺失或已用过的 callback 必须被拒绝，且不得完成任何会话。",
    mend: "用你自己的 state 查找会话，只用一次，用时即删。",
  },
  "CB-2": {
    says: "用户拒绝后会话即告结束：兑换时应答 USER_DENIED 或 OAUTH_ERROR，不发放 token。",
    mend: "provider 报告 access_denied 时把会话标为已拒绝，此后任何操作都不能再完成它。",
    why: "在用户拒绝之后仍然存活的会话，使同意变得毫无意义。",
  },
  "CB-3": {
    says: "同意之后，浏览器前往已接受的 user_redirect_uri，并原样带回智能体自己的 state。",
    mend: "用 URL 库追加参数，使原有的 query 得以保留；返回智能体的 state 而不是你自己的。",
    why: "拿不回自己的 state，智能体就无法区分用户的答复与伪造的答复。",
  },
  "BRG-1": {
    says: "网关用表单编码的请求兑换 provider 的 code，并附上与所发 challenge 对应的 code_verifier。",
    mend: "把 code_verifier 与会话一起保存，以 application/x-www-form-urlencoded 发送，或使用 OAuth 客户端库。",
  },
  "BRG-2": {
    says: "provider 的 token 和网关的 client secret 不会出现在智能体所见的任何正文、header 或 URL 中。",
    mend: "把 provider 的 token 留在服务器上，并从错误信息和重定向中剔除。",
  },
  "BRG-3": {
    says: "过期的 provider token 用 refresh token 续期；续期失败时以 OAUTH_ERROR 告知智能体。",
    mend: "在过期之前或收到 provider 的 401 时续期，每个授权同时只续一次，失败则转为 OAUTH_ERROR。",
    why: "文本把续期列为 bridge 的任务，细节则由其自行决定。",
  },
  "TOK-1": {
    says: '成功的兑换以 TokenResponse 的结构应答，token_type 为 "Bearer"，有效秒数为正数。',
    mend: '发送全部必填字段，expires_in 为整数，token_type 恰为 "Bearer"。',
    why: "该规则定义了承载 token 的消息。",
  },
  "TOK-2": {
    says: "生效的 scope 恰好是同时被批准、被同意且被请求的 scope，scope_intersection 所说与此一致。",
    mend: "兑换时根据 provider 所说的用户授权，计算三个集合的交集。",
  },
  "TOK-3": {
    says: "交集为空时不发放 token。",
    mend: "没有剩下任何生效的 scope 时，拒绝兑换。",
  },
  "TOK-4": {
    says: "兑换需要已注册智能体的有效 attestation，其 audience 为 token 端点的 URL。",
    mend: "验证 attestation 时，只接受 /ath/token 的对外 URL 作为 audience。",
  },
  "TOK-5": {
    says: "错误的 client_secret 以及其他智能体的凭证必须被拒绝。",
    mend: "每次兑换都比较 secret（比较其 hash，用恒定时间）和会话的所有者。",
  },
  "TOK-6": {
    says: "未知的会话应答 SESSION_NOT_FOUND，其他智能体的会话必须被拒绝。",
    mend: "用 id 和所有者一起查找会话。",
  },
  "TOK-7": {
    says: "会话最迟在创建十分钟后失效。",
    mend: "读取会话时把其创建时间与当前时间比较；只存一个过期时间毫无作用。",
  },
  "TOK-8": {
    says: "会话只能兑换一次：第二次兑换被拒绝，两次同时兑换时恰有一次成功。",
    mend: "在生成 token 之前，用一个原子操作把会话从存储中取出。",
  },
  "TOK-9": {
    says: "authorization_code 以外的 grant_type 必须被拒绝。",
    mend: "首先把 grant_type 与 authorization_code 比较。",
    why: "schema 只允许一个值。",
  },
  "TOK-10": {
    says: "用户尚未同意的会话不能兑换。",
    mend: "记录会话的状态，只兑换已同意的会话。",
    why: "同意之前就有 token，等于把用户排除在握手之外。",
  },
  "TOK-11": {
    says: "token 应答应禁止缓存。",
    mend: "每个 token 应答都发送 Cache-Control: no-store。",
    why: "OAuth 2.0 要求这个 header；ATH 没有重申。",
  },
  "TOK-12": {
    says: "token 的寿命最多一小时。",
    mend: "发放的 token，其 expires_in 不超过 3600。",
    why: "文本对这一上限自相矛盾。",
  },
};
