-- The console lists calls newest first, of one platform or outcome, and finds one by the numbers that it was made with.
CREATE INDEX outside_call_platform ON outside_call (hospital_id, platform, id);
CREATE INDEX outside_call_trouble ON outside_call (hospital_id, id) WHERE outcome <> 'yes';
CREATE INDEX outside_call_request ON outside_call (hospital_id, request_id);
