-- What people at the console look for by WeChat's own numbers.
CREATE INDEX transfer_order_bill ON transfer_order (hospital_id, transfer_bill_no) WHERE transfer_bill_no IS NOT NULL;
CREATE INDEX payment_order_transaction ON payment_order (hospital_id, transaction_id) WHERE purpose = 'deposits';
