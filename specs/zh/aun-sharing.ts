import type { ChineseTexts } from "./text.ts";

/** AUN gateway: slots, delivery, kinds, gate. */
export const aunSharing: ChineseTexts = {
  A47: {
    says: "有 slot_id 而没有 device.id 时，以 slot_requires_device_id 拒绝。",
    mend: "在登记连接之前检查。",
  },
  A48: {
    says: "同一 AID、同一 device、没有 slot 的两个连接只有一个存活。",
    mend: "按 AID 和 device 登记连接，拒绝第二个或替换第一个。",
  },
  A49: {
    says: "同一 AID、device 和 slot 的两个连接只有一个存活，而且确有一个存活。",
    mend: "按 AID、device 和 slot 登记连接。",
  },
  A50: {
    says: "不同的 slot、不同的 device、不同的 AID 互不干扰。",
    mend: "用三者一起作为键。",
  },
  A51: {
    says: "占位者离开后，位置重新空出。",
    mend: "连接关闭时释放位置，且仅当位置仍属于它时才释放。",
  },
  A52: { says: "没有 device.id 的客户端可以连接，且没有 slot。", mend: "把它当作旧版客户端。" },
  A53: {
    says: "slot 按第一个斜杠、冒号或空格之前的文本比较。",
    mend: "在 slot 成为键的一部分之前先截断。",
  },
  A54: {
    says: "被替换的连接在关闭之前由 event/gateway.disconnect 告知。",
    mend: "推送 code 4009、reason 和双方的 extra_info，然后以 4009 关闭。",
  },
  A55: { says: "不在列表中的 delivery mode 或 routing 被拒绝。", mend: "按封闭的列表判断。" },
  A56: {
    says: "同一 AID 的所有连接只有一种 delivery mode；不同的以 delivery_mode_conflict 拒绝。",
    mend: "与该 AID 存活连接的 mode 比较。",
  },
  A57: {
    says: "mode 相同的连接可以并存；全部离开之后可以换另一种 mode。",
    mend: "最后一个连接离开时忘掉该 mode。",
  },
  A58: {
    says: 'fanout 时接受 routing "" 和 affinity_ttl_ms 0。',
    mend: "只在 queue 时查看 routing。",
  },
  A59: {
    says: "fanout 时，接收方的每个连接都恰好收到每条消息一次。",
    mend: "推送到接收方的所有连接。",
  },
  A60: { says: "queue 时，每条消息恰有一个连接收到。", mend: "为每条消息选一个连接。" },
  A61: { says: "round robin 使每个连接都分到自己的份额。", mend: "每条消息之后轮到下一个连接。" },
  A62: {
    says: "sender affinity 尽可能把同一发送方的消息引到同一个连接。",
    mend: "记住每个发送方对应的连接。",
  },
  A63: {
    says: "该连接离开后，其消息转到存活的连接。",
    mend: "记住的连接离开后重新选择。",
  },
  A64: {
    says: "affinity_ttl_ms 之后可以改选，且消息仍然到达。",
    mend: "绑定过期后重新选择。",
  },
  A65: {
    says: "消息的事件和结果都告知 delivery mode。",
    mend: "把接收方的 mode 复制到两处。",
  },
  A66: {
    says: "fanout 时，给离线者的消息以后可以拉取；queue 时保留其中 200 条，保留 5 分钟。",
    mend: "为每个 AID 保留有限的历史。",
  },
  A67: {
    says: "没有 options 的连接是 long；long 和 short 以外的 kind 被拒绝。",
    mend: "默认为 long；按封闭的列表判断。",
  },
  A68: {
    says: "短连接与同一 slot 的长连接互不影响。",
    mend: "短连接不占用长连接的位置。",
  },
  A69: { says: "一个 slot 容纳十个短连接，第十一个被拒绝。", mend: "计数，并以 4013 拒绝。" },
  A70: { says: "短连接空闲 short_ttl_ms 之后被关闭。", mend: "每次请求都重启计时器。" },
  A71: { says: "short_ttl_ms 对长连接没有意义。", mend: "只对短连接查看它。" },
  A72: {
    says: "短连接不使其 AID 在线，也收不到推送。",
    mend: "在线状态和投递都不计短连接。",
  },
  A73: {
    says: "一个 AID 可以有十个 device，每个 device 十个 slot；最旧的给下一个让位。",
    mend: "以 4015 逐出最旧的，或拒绝最新的。",
  },
  A74: {
    says: "30 秒内没有认证的连接被关闭。",
    mend: "连接打开时启动计时器，只有获准的 auth.connect 才停止它。",
  },
  A75: { says: "它以 code 4008 关闭。", mend: "以 4008 关闭。" },
  A76: {
    says: "已认证的连接不因空闲 30 秒而被关闭。",
    mend: "auth.connect 获准时停止计时器。",
  },
  A77: {
    says: "auth.create_aid、登录和 auth.refresh_token 在 auth.connect 之前可用。",
    mend: "让 auth.* 通过关卡。",
  },
  A78: {
    says: "auth.connect 之前，其他方法一律以 -32013 拒绝。",
    mend: "在查找方法之前检查会话。",
  },
  A79: { says: "登录并不打开关卡。", mend: "会话只由 auth.connect 建立。" },
  A80: {
    says: "auth.request_cert 需要已认证的连接，且只能为自己的 AID 请求。",
    mend: "把 aid 与会话的 aid 比较。",
  },
};
