import type { Phrases } from "../phrase-book.ts";

/** What checks need that is not configured, and what stops the kit's agents, users, hooks and provider. */
export const drivers: Phrases = {
  "configure hooks.{0}": "配置 hooks.{0}",
  "configure {0}, for example {1}": "配置 {0}，例如 {1}",
  "run with --slow, or configure {0}, for example {1}": "用 --slow 运行，或配置 {0}，例如 {1}",
  "the check waits for minutes to pass at the target, and no hook moves the target's clock":
    "检查要等目标的时间过去几分钟，而没有 hook 能移动目标的时钟",
  "the check needs up to a minute to pass at the target, and no hook moves the target's clock":
    "检查需要目标的时间过去至多一分钟，而没有 hook 能移动目标的时钟",
  "no hook makes pairing codes": "没有生成配对码的 hook",
  "the check registers AIDs, and the target registers nobody": "检查要注册 AID，而目标不接受任何注册",
  "let a test instance of the target register AIDs, and set aun.identities to open":
    "让目标的测试实例注册 AID，并把 aun.identities 设为 open",
  "the check needs a second domain that the target is connected with": "检查需要与目标相连的第二个域",
  "the audit log cannot be read from outside": "无法从外部读取审计日志",
  "no registration is known that the target's policy leaves pending": "不知道哪种注册会被目标的策略置为 pending",
  "no registration is known that the target's policy denies": "不知道哪种注册会被目标的策略拒绝",
  "only an OAuth provider of the kit behind the target shows what the bridge really sends":
    "只有目标背后是本工具的 OAuth provider，才能看到桥接真正发送了什么",
  "put the kit's provider behind the target: {0}": "把本工具的 provider 放在目标背后：{0}",
  "the check needs a second provider at the target": "检查需要目标有第二个 provider",
  "add a second entry to {0}": "在 {0} 中添加第二个条目",
  "the check needs two scopes of one provider": "检查需要同一 provider 的两个 scope",
  "the check needs two scopes": "检查需要两个 scope",
  "list at least two scopes in {0}": "在 {0} 中至少列出两个 scope",
  "the kit does not know which calls the provider's scopes allow": "本工具不知道该 provider 的 scope 允许哪些调用",
  "the kit does not know which calls the scopes allow": "本工具不知道这些 scope 允许哪些调用",
  "the kit does not know which calls the granted scopes allow": "本工具不知道所授予的 scope 允许哪些调用",
  "the kit does not know a scope to ask for": "本工具不知道该请求哪个 scope",
  "list them in {0}": "在 {0} 中列出",
  "list them in {0}, for example {1}": "在 {0} 中列出，例如 {1}",
  "list one in {0}, for example {1}": "在 {0} 中列出一个，例如 {1}",
  "list one under unmapped of a system in handshake.systems": "在 handshake.systems 某个系统的 unmapped 下列出一个",
  "list the target's systems and their scopes in handshake.systems": "在 handshake.systems 中列出目标的系统及其 scope",
  "the check sends a body, and no operation of the provider takes one":
    "检查要发送正文，而该 provider 没有接受正文的操作",
  "list a POST, PUT or PATCH operation in {0}": "在 {0} 中列出一个 POST、PUT 或 PATCH 操作",
  "the check calls something that no scope allows, and none is listed":
    "检查要调用任何 scope 都不允许的内容，而没有列出这样的内容",
  "what the backends received cannot be seen from outside": "无法从外部看到后端收到了什么",
  "the kit cannot make a backend fail": "本工具无法让后端失败",
  "the kit cannot have a token taken back": "本工具无法让 token 被收回",
  "the kit cannot have a user take back what was allowed": "本工具无法让用户收回所允许的内容",
  "the check needs a second user whom the target knows": "检查需要目标认识的第二个用户",
  "the user answers in the response to the gateway's own call, so there is one answer and no other way to give it":
    "用户在对网关自身调用的响应中作答，因此只有一个回答，没有别的作答方式",
  "set handshake.confirmation.answer: post if the target takes answers by calls":
    "如果目标通过调用接收回答，请设置 handshake.confirmation.answer: post",
  "the check needs a second system behind the target": "检查需要目标背后有第二个系统",
  "no agent is known that the target grants an ip_whitelist": "不知道目标会对哪个智能体授予 ip_whitelist",
  "no agent is known that the target grants an access_time": "不知道目标会对哪个智能体授予 access_time",
  "no agent is known that the target grants a rate_limit": "不知道目标会对哪个智能体授予 rate_limit",
  "the check needs a second user of the target, and none is configured": "检查需要目标的第二个用户，而没有配置",
  "the check needs a system of the target, and none is configured": "检查需要目标的一个系统，而没有配置",
  "configure {0} under handshake": "在 handshake 下配置 {0}",

  "no operation is known for any of the scopes {0}": "不知道 scope {0} 中任何一个的操作",
  "list what each scope allows in providers[].operations": "在 providers[].operations 中列出每个 scope 允许的操作",
  "all {0} ports of agents.listen are given to agents": "agents.listen 的全部 {0} 个端口都已分给智能体",
  "give agents.listen a wider range of ports, or put {agent} into agents.id_template":
    "给 agents.listen 更大的端口范围，或在 agents.id_template 中使用 {agent}",
  "the target registered the agent as {0}": "目标把智能体注册为 {0}",
  "let the target's policy approve the kit's agents (developer id: gateproof) for the test":
    "测试期间让目标的策略批准本工具的智能体（developer id: gateproof）",

  "the consent command failed: it printed {0}, which is no URL": "同意命令失败：它输出了 {0}，这不是 URL",
  "the consent command failed: exit code {0}: {1}": "同意命令失败：退出码 {0}：{1}",
  "the consent command failed: {0}": "同意命令失败：{0}",
  "run consent.command.run by hand with GATEPROOF_URL, GATEPROOF_SCOPES and GATEPROOF_DECISION set":
    "设置 GATEPROOF_URL、GATEPROOF_SCOPES 和 GATEPROOF_DECISION，手工运行 consent.command.run",
  "the consent command did not end within {0} s": "同意命令 {0} 秒内没有结束",
  "see what consent.command.run waits for": "查看 consent.command.run 在等什么",
  "the kit cannot tell which button of the page agrees": "本工具无法判断页面上哪个按钮表示同意",
  "name the button and its value in consent.form.fields, or use consent.driver: command":
    "在 consent.form.fields 中写明按钮及其值，或使用 consent.driver: command",
  "no page on the way showed the kit how a user refuses": "途中没有页面告诉本工具用户如何拒绝",
  "let the page have a button or a link that says Deny or Cancel, or use consent.driver: command":
    "让页面带有写着 Deny 或 Cancel 的按钮或链接，或使用 consent.driver: command",
  "the consent form offers no choice of {0}": "同意表单不提供 {0} 的选择",
  "use consent.driver: provider, or a command that can grant a part of what is asked":
    "使用 consent.driver: provider，或能够只准许所请求一部分的命令",
  "nobody came back from the consent page within {0} s": "{0} 秒内没有人从同意页返回",
  "open the printed URL in time, or let a program do it: consent.driver: command":
    "及时打开所打印的 URL，或让程序来做：consent.driver: command",
  "the target is configured with another client: {0}": "目标配置的是另一个 client：{0}",
  "give the target and consent.provider the same client_id and client_secret":
    "让目标与 consent.provider 使用相同的 client_id 和 client_secret",
  'the answer to the step "{0}" lacks what an agent needs to go on': "步骤 “{0}” 的应答缺少智能体继续所需的内容",
  "see the exchange and the schema of this message": "请看该往来和此消息的 schema",
  "the browser never came back from consent: it ended {0}": "浏览器没有从同意返回：它止于 {0}",
  "the browser did not come back from the consent pages: it ended {0}": "浏览器没有从同意页面返回：它止于 {0}",
  "the browser never came back from consent: it ended <0>": "浏览器没有从同意返回：它止于<0>",
  "the browser did not come back from the consent pages: it ended <0>": "浏览器没有从同意页面返回：它止于<0>",
  "at {0} after <1>": "{0}，此前的应答：<1>",
  "with <0>": "<0>",
  nowhere: "别处",
  "see where the redirects lead; check the consent driver and the target's callback URL":
    "查看重定向通向哪里；检查同意驱动和目标的 callback URL",
  "see where the pages lead; check consent.form.fields, or use consent.driver: command":
    "查看页面通向哪里；检查 consent.form.fields，或使用 consent.driver: command",
  "a person's own browser cannot be stopped before the callback": "无法让真人自己的浏览器停在 callback 之前",
  "use consent.driver: provider, form or command": "使用 consent.driver: provider、form 或 command",
  "the kit's OAuth provider is not behind the target": "目标背后不是本工具的 OAuth provider",
  "the kit's provider is not open": "本工具的 provider 没有打开",
  "no provider is configured": "没有配置 provider",
  "only one provider is configured": "只配置了一个 provider",
  "add an entry to providers": "在 providers 中添加条目",

  "the check needs the hook {0}, which is not configured": "检查需要 hook {0}，而它没有配置",
  "the hook {0} answered {1}": "hook {0} 应答 {1}",
  "check hooks.{0}": "检查 hooks.{0}",
  "check {0}: its URL, method, headers and body": "检查 {0}：其 URL、方法、header 和正文",
  "the hook {0} answered neither JSON lines nor a JSON array": "hook {0} 的应答既不是 JSON 行，也不是 JSON 数组",
  "{0} names no api_base, so that the kit knows no API to call": "{0} 没有给出 api_base，因此本工具不知道可调用的接口",
  "publish a ServiceDiscoveryDocument at {0}": "在 {0} 发布 ServiceDiscoveryDocument",
  "the api_base is neither at the target's address nor on https": "api_base 既不在目标的地址，也不使用 https",
  "run the kit against the public URL of the service, and let api_base be a public URL too":
    "对服务的公开 URL 运行本工具，并让 api_base 也是公开 URL",
};
