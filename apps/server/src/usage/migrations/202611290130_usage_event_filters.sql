-- What an operator looks for among stored events. Each of these ends with the day and the number, so that a page is read
-- in its order from the index, however many events there are.
CREATE INDEX usage_event_scene ON usage_event (hospital_id, scene, day, id);
CREATE INDEX usage_event_department ON usage_event (hospital_id, department_id, day, id) WHERE department_id IS NOT NULL;
-- They stay as they were stored, so that sending the others costs nothing here.
CREATE INDEX usage_event_unsent ON usage_event (hospital_id, state, day, id) WHERE state IN ('no-card', 'merged');
-- The platform's number of a sending. By hash: random numbers in order would make every delivery slower.
CREATE INDEX usage_event_request ON usage_event USING hash (request_id);
