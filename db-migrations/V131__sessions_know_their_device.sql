-- In what somebody has signed in, in words such as Firefox and Windows: enough to recognise one's own devices. Sessions
-- from before have none.
alter table agent_session
    add column browser text,
    add column system  text;
