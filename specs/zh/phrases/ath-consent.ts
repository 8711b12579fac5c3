import type { Phrases } from "../phrase-book.ts";

/** Authorization, callback, the OAuth bridge and the exchange for a token. */
export const athConsent: Phrases = {
  // Authorization
  'the registration of developer "{0}" is {1}, not {2}': "开发者 “{0}” 的注册为 {1}，而不是 {2}",
  "make the target leave this developer's agents {0}, or correct {1}": "让目标把该开发者的智能体置为 {0}，或更正 {1}",
  "a denied agent gets no credentials: <0>": "denied 的智能体得不到凭证：<0>",
  "a refusal without ath_session_id and authorization_url": "没有 ath_session_id 和 authorization_url 的拒绝",
  "<0> with a session in the body": "<0>，正文中有会话",
  'the target approved "{0}", which the check needs unapproved': "目标批准了 “{0}”，而检查需要它未获批准",
  "the target refuses unknown scopes: <0>": "目标拒绝未知的 scope：<0>",
  "the parameters went to the provider in a request object (RFC 9101, RFC 9126)":
    "参数以 request object 发给 provider（RFC 9101、RFC 9126）",
  "let the target send plain parameters to the kit's provider": "让目标向本工具的 provider 发送普通参数",
  "code_challenge of 43 base64url characters and code_challenge_method=S256":
    "code_challenge 为 43 个 base64url 字符，且 code_challenge_method=S256",
  "no provider URL was seen": "没有见到 provider 的 URL",
  "no code_challenge": "没有 code_challenge",
  "the method is plain, or left out": "method 为 plain 或省略",
  "code_challenge_method={0}, a code_challenge of {1} characters":
    "code_challenge_method={0}，code_challenge 为 {1} 个字符",
  "{0} sessions with {1} different challenges": "{0} 个会话有 {1} 个不同的 challenge",
  "{0} challenge(s) in {1} sessions": "{1} 个会话中有 {0} 个 challenge",
  "{0} different challenge(s)": "{0} 个不同的 challenge",
  "the target takes no resource indicator": "目标不接受 resource indicator",
  "the resource is not passed on": "resource 没有转交",
  "a callback from another browser completes nothing, so that the exchange is refused":
    "来自另一浏览器的 callback 不能完成任何会话，因此兑换被拒绝",
  "the text calls authorization_url the provider's own URL, but only a browser that passes the implementor first can be recognised at the callback (POS-1)":
    "文本称 authorization_url 是 provider 自己的 URL，但只有先经过实现方的浏览器才能在 callback 处被识别（POS-1）",
  "the callback is not below the target's URL": "callback 不在目标的 URL 之下",
  "run the kit against the public URL that the target's callback is under":
    "对目标的 callback 所在的公开 URL 运行本工具",
  "a binding cookie with HttpOnly": "带 HttpOnly 的绑定 cookie",
  "the callback needs no cookie": "callback 不需要 cookie",
  "not tried without the readable cookies": "没有尝试去掉可读的 cookie",
  "without the cookies that scripts can read the callback completes nothing":
    "去掉脚本可读的 cookie 之后，callback 不能完成任何会话",
  "other cookies are set as well that scripts can read and the callback does not need":
    "还设置了脚本可读而 callback 不需要的其他 cookie",

  // Callback
  "a session that the callback did not complete, so that its exchange is refused":
    "callback 没有完成的会话，因此其兑换被拒绝",
  "one token request to the provider for each authorization": "每次授权向 provider 发送一个 token 请求",
  "no completed callback is in the evidence": "证据中没有已完成的 callback",
  "{0} more token request(s) after the callback was opened again": "再次打开 callback 之后又有 {0} 个 token 请求",
  "the authorization was started without user_redirect_uri": "授权开始时没有 user_redirect_uri",
  "the browser ends at {0}": "浏览器止于 {0}",
  "it ended at {0} with <1>": "它止于 {0}，<1>",
  "it ended at {0}": "它止于 {0}",
  "no state": "没有 state",
  "a handshake whose browser came back": "浏览器已返回的握手",
  "the query of the redirect URI, and behind it the parameters of the answer": "重定向 URI 的 query，其后是应答的参数",
  "{0} missing or changed in {1}": "{1} 中缺少 {0} 或其值被改动",
  "the service's own page leads straight back to the agent, past no callback":
    "服务自己的页面直接通回智能体，不经过 callback",
  "the browser was never sent to the target's callback; it ended elsewhere":
    "浏览器从未被送到目标的 callback；它止于别处",
  "see where the redirects lead; the target's callback is GET /ath/callback":
    "查看重定向通向哪里；目标的 callback 是 GET /ath/callback",
  "the browser was never seen at the provider's authorization endpoint": "在 provider 的授权端点从未见到浏览器",
  "use consent.driver: provider": "使用 consent.driver: provider",

  // Bridge
  "Content-Type: application/x-www-form-urlencoded (RFC 6749 § 4.1.3)":
    "Content-Type 为 application/x-www-form-urlencoded（RFC 6749 § 4.1.3）",
  "Content-Type: {0} instead of {1}": "Content-Type 是 {0} 而不是 {1}",
  "a code_verifier of 43 to 128 unreserved characters (RFC 7636 § 4.1) whose SHA-256 is the code_challenge of the authorization request":
    "由 43 到 128 个非保留字符组成（RFC 7636 § 4.1）、其 SHA-256 为授权请求的 code_challenge 的 code_verifier",
  "a code_verifier of another form": "其他形式的 code_verifier",
  "it can be read in the token that the agent was given": "在智能体得到的 token 中可以读到它",
  "no code_verifier": "没有 code_verifier",
  "a code_verifier that does not match the challenge": "与 challenge 不符的 code_verifier",
  "the redirect_uri of the authorization request (RFC 6749 § 4.1.3)": "授权请求的 redirect_uri（RFC 6749 § 4.1.3）",
  "no redirect_uri": "没有 redirect_uri",
  "the provider got no token request": "provider 没有收到 token 请求",
  "a token request that does not show it either way": "无法据此判断的 token 请求",
  "no token of the provider in any body, header or URL": "任何正文、header 或 URL 中都没有 provider 的 token",
  "the gateway's client secret in no body, header or URL": "任何正文、header 或 URL 中都没有网关的 client secret",
  "none of the provider's words about credentials in any body, header or URL":
    "任何正文、header 或 URL 中都没有 provider 关于凭证的原话",
  "the provider quoted no secret": "provider 没有引用任何机密",
  "no secret of the provider is in the evidence": "证据中没有 provider 的机密",
  "seen in {0}": "见于 {0}",
  "the ATH token itself lives for {0} s, no longer than the provider's":
    "ATH token 自身有效 {0} 秒，不长于 provider 的 token",
  "the bridge renews the provider's token and the call is answered": "桥接为 provider 的 token 续期，调用得到应答",
  "an ATHError with the code {0}": "code 为 {0} 的 ATHError",
  "refused as a failure of the provider (502 OAUTH_ERROR)": "作为 provider 的失败而拒绝（502 OAUTH_ERROR）",
  "the target sends users to {0}, and the kit's provider is at {1}": "目标把用户送往 {0}，而本工具的 provider 在 {1}",
  "register the provider at the target: authorization endpoint {0}/authorize, token endpoint {1}/token, API {2}/api; or let consent.provider.listen be where the target expects it":
    "在目标登记该 provider：授权端点 {0}/authorize，token 端点 {1}/token，接口 {2}/api；或让 consent.provider.listen 位于目标所期望之处",

  // Token
  "no token was issued": "没有签发 token",
  "the {0} of the session": "会话的 {0}",
  "Cache-Control: no-store (RFC 6749 § 5.1)": "Cache-Control: no-store（RFC 6749 § 5.1）",
  "Cache-Control: none": "没有 Cache-Control",
  "expires_in of at most {0}": "expires_in 至多 {0}",
  "expires_in {0}": "expires_in 为 {0}",
  "no effective_scopes": "没有 effective_scopes",
  "effective_scopes: {0}": "effective_scopes：{0}",
  "{0}: at least {1}, at most {2}": "{0}：至少 {1}，至多 {2}",
  "{0}: a list": "{0}：列表",
  "refused since the provider granted {0} unasked: <1>": "因 provider 未经请求授予了 {0} 而拒绝：<1>",
  "the target did not approve {0}": "目标没有批准 {0}",
  "list in providers[0].scopes what the target approves for any agent":
    "在 providers[0].scopes 中列出目标对任何智能体都批准的 scope",
  "the target approved fewer than two scopes of the first provider": "目标批准的第一个 provider 的 scope 不足两个",
  "the URL of the token endpoint is accepted as audience": "token 端点的 URL 作为 audience 被接受",
  "<0>, and the base URL is accepted": "<0>，而 base URL 被接受",
  "the browser brings no code that an agent could send": "浏览器没有带来智能体可以发送的 code",
  "a refusal, or a target that takes no notice of the code at all": "拒绝，或目标根本不理会 code",
  "<0> for a foreign code and for a placeholder alike": "对他人的 code 和占位值同样应答 <0>",
  "one token for each session": "每个会话一个 token",
  "two tokens": "两个 token",
};
