-- What admins and agents have changed. Nobody is referred to by a foreign key: an entry says who and what it was then.
create table audit_entry (
    id          bigint generated always as identity primary key,
    at          timestamptz not null default clock_timestamp(),
    actor_kind  text        not null check (actor_kind in ('account', 'visitor', 'schedule', 'system', 'command-line')),
    actor_id    uuid,
    actor_name  text        not null default '',
    address     text,
    action      text        not null,
    object_kind text        not null,
    object_id   text,
    label       text,
    details     jsonb,
    erased_at   timestamptz
);
create index audit_entry_at on audit_entry (at);
create index audit_entry_actor on audit_entry (actor_id, id) where actor_id is not null;
create index audit_entry_action on audit_entry (action, id);
create index audit_entry_object on audit_entry (object_kind, object_id, at);

-- Rows are added and stay as they are. The one door is the erasure of a customer: in a transaction that says so with
-- set_config('replyloop.audit_erasure', 'on', true), label and details are taken away for good, and nothing else changes.
create function audit_entry_stays() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if current_setting('replyloop.audit_erasure', true) = 'on'
            and old.erased_at is null and new.erased_at is not null and new.label is null and new.details is null
            and (new.id, new.at, new.actor_kind, new.actor_id, new.actor_name, new.address, new.action, new.object_kind,
                 new.object_id)
                is not distinct from
                (old.id, old.at, old.actor_kind, old.actor_id, old.actor_name, old.address, old.action, old.object_kind,
                 old.object_id)
        then
            return new;
        end if;
    end if;
    raise exception 'The audit log is append-only: % of audit_entry is refused', lower(tg_op)
        using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_entry_stays before update or delete on audit_entry
    for each row execute function audit_entry_stays();
create trigger audit_entry_is_not_emptied before truncate on audit_entry
    for each statement execute function audit_entry_stays();
