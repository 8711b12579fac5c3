import type { ChineseTexts } from "./text.ts";

/** What a client of an AUN gateway has to do. */
export const aunClient: ChineseTexts = {
  C1: { says: "客户端先选 priority 最小的网关，没有写的按 999 计。", mend: "按 priority 排序。" },
  C2: { says: "该网关宕机时，可以选下一个。", mend: "连接失败时继续尝试列表中的下一个。" },
  C3: { says: "客户端记住发现的结果。", mend: "把应答保留一段时间。" },
  C4: {
    says: "客户端等待 challenge，并把其中的 nonce 发回。",
    mend: "收到 challenge 之前只发送 auth.*。",
  },
  C5: {
    says: "客户端在每个连接上都认证，且绝不把 token 放进 URL。",
    mend: "每次收到 challenge 之后发送 auth.connect。",
  },
  C6: {
    says: "客户端发送自己的协议版本范围、device 和 capabilities。",
    mend: "填写 protocol、device.id 和 capabilities。",
  },
  C7: {
    says: "客户端只在有 device 时才发送 slot，且同一 AID 只用一种 delivery mode。",
    mend: "把 mode 作为 AID 的设置。",
  },
  C8: { says: "客户端每 30 秒 ping 一次。", mend: "auth.connect 之后启动计时器。" },
  C9: { says: "客户端在 token 期满之前 refresh。", mend: "在期满前一分钟 refresh。" },
  C10: {
    says: "refresh 应答 relogin_required 时，客户端重新登录。",
    mend: "丢弃 token 并登录。",
  },
  C11: {
    says: "客户端在签名之前，验证 auth 服务的证书和签名。",
    mend: "先验证证书链通到受信任的根，再验证签名。",
  },
  C12: { says: "客户端查看吊销状态。", mend: "查询 CRL 或 OCSP。" },
  C13: {
    says: "客户端只保存属于自己密钥的新证书。",
    mend: "保存之前比较密钥。",
  },
  C14: { says: "客户端绝不发送自己的私钥。", mend: "把密钥留在密钥库中。" },
};
