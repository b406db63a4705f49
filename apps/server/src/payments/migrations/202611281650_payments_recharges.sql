-- Refunds of recharges that another system made, by their number, as trade bills tell them: each counts once, however
-- often a day is imported and whichever is imported first, the payment or the refund.
CREATE TABLE recharge_refund (
  hospital_id   text    NOT NULL,
  mchid         text    NOT NULL,
  out_refund_no text    NOT NULL,
  out_trade_no  text    NOT NULL,
  amount_fen    bigint  NOT NULL CHECK (amount_fen > 0),
  asked_at_ms   bigint  NOT NULL,
  PRIMARY KEY (hospital_id, mchid, out_refund_no)
);
CREATE INDEX recharge_refund_order ON recharge_refund (hospital_id, out_trade_no);
CALL protect_by_hospital('recharge_refund');

-- One payment at WeChat is one recharge: entered under two order numbers, it would be refundable twice in our books.
CREATE UNIQUE INDEX payment_order_recharge ON payment_order (hospital_id, mchid, transaction_id)
  WHERE purpose = 'deposits';
