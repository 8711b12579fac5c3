import type { ChineseTexts } from "./text.ts";

/** AUN gateway: rpc, messages, cross-domain. */
export const aunMessages: ChineseTexts = {
  A113: { says: '每一帧都写明 jsonrpc "2.0"。', mend: "在结果、错误和推送中都加上该成员。" },
  A114: {
    says: "响应带有其请求的 id 且类型相同，并且只有 result 和 error 之一。",
    mend: "按解析所得复制 id。",
  },
  A115: { says: "错误带有整数 code 和文本。", mend: "发送这两个成员。" },
  A116: { says: "不是 JSON 的内容以 -32700 和 id null 应答。", mend: "捕获解析器的错误。" },
  A117: { says: "不是请求的内容以 -32600 应答。", mend: "先检查结构，再看方法。" },
  A118: { says: "未知的方法以 -32601 应答。", mend: "用 map 查找方法。" },
  A119: { says: "类型错误的 params 被拒绝。", mend: "检查 params 的类型。" },
  A120: { says: "通知得不到响应。", mend: "只应答带 id 的请求。" },
  A121: {
    says: "推送没有 id，方法名为 event/…、notification/… 或 challenge。",
    mend: "以通知的形式发送推送。",
  },
  A122: { says: "同时发出的十六个请求全部得到应答，每个一次。", mend: "不能立即处理的就排队。" },
  A123: {
    says: "batch 以 batch 应答、逐个应答或以 -32600 应答，而不是沉默。",
    mend: "任选一种方式应答。",
  },
  A124: { says: "连接不因其消息的错误而中断。", mend: "只在违反传输层规则时关闭。" },
  A125: { says: "过长、过深或怪异的消息不会伤害任何人。", mend: "设定上限，对超限者给出应答。" },
  A126: {
    says: "message.send 应答 message_id、seq、timestamp、status 和 delivery mode。",
    mend: "发送全部五个成员。",
  },
  A127: {
    says: "接收方收到的消息与所发送的一致，来自已认证的 AID，且其他人收不到。",
    mend: "由网关自己设置 from。",
  },
  A128: { says: "接收方消息的 seq 在所有发送方之间按同一序列递增。", mend: "按接收方计数。" },
  A129: { says: "已发送过的 message_id 是 duplicate，只投递一次。", mend: "记住每个发送方的 id。" },
  A130: { says: "客户端给的 timestamp 被忽略。", mend: "由网关自己设置 timestamp。" },
  A131: {
    says: "没有目标或 payload、收件人不存在或过大的消息被拒绝。",
    mend: "在分配 seq 之前检查 params。",
  },
  A132: {
    says: "接收方离线期间到达的消息可以按顺序拉取，每次最多 50 条，想拉几次都可以。",
    mend: "保留消息，直到被确认或过旧。",
  },
  A133: { says: "确认只会前进。", mend: "保留最大值。" },
  A134: { says: "为本连接之外的 device 或 slot 做 pull 和 ack 被拒绝。", mend: "与会话比较。" },
  A135: {
    says: "只有发送方可以撤回消息，限两分钟内、每次 100 条，并告知接收方。",
    mend: "检查发送方、消息年龄和数量。",
  },
  A136: {
    says: "query_online 告知最多 100 个 AID 是否在线，未知的为 false。",
    mend: "根据连接登记表作答。",
  },
  A137: { says: "AID 不能拉取属于别人的消息。", mend: "只从会话取 AID。" },
  A138: {
    says: "发送方可能由 event/message.ack 得知确认，也可能不会。",
    mend: "两种做法任选其一。",
  },
  A139: {
    says: "发给其他域 AID 的消息带着发送方的完整 AID 到达那里，结果也如实说明。",
    mend: "经由对方域的网关转发。",
  },
  A140: {
    says: "无法到达的域得到错误，且不阻塞其他任何事。",
    mend: "给转发设置超时，应答 -32010 到 -32012。",
  },
  A141: { says: "对无法到达的域，query_online 说 false。", mend: "当作离线处理。" },
  A142: {
    says: "网关接收转发时，检查发送方属于转发方所在的域。",
    mend: "把 from 的 issuer 与对端的证书比较。",
  },
};
