-- A visit is looked for by the number that WeChat gave its payment, too.
CREATE INDEX payment_order_visit_transaction ON payment_order (hospital_id, transaction_id) WHERE purpose = 'visits';
