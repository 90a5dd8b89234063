-- What V70 keeps row by row holds for all rows at once, too; and what a snapshot consists of goes with the snapshot alone.
create function refuse_to_empty_snapshots() returns trigger language plpgsql as $$
begin
    raise exception 'snapshots are not emptied';
end $$;
create trigger snapshot_example_is_not_emptied before truncate on snapshot_example
    for each statement execute function refuse_to_empty_snapshots();
create trigger dataset_part_is_not_emptied before truncate on dataset_part
    for each statement execute function refuse_to_empty_snapshots();
create trigger dataset_version_is_not_emptied before truncate on dataset_version
    for each statement execute function refuse_to_empty_snapshots();

create function refuse_change_of_part() returns trigger language plpgsql as $$
begin
    -- With its version, the row goes after that has gone.
    if tg_op = 'UPDATE' or exists (select 1 from dataset_version where id = old.dataset_id) then
        raise exception 'a snapshot keeps what it consists of';
    end if;
    return old;
end $$;
create trigger dataset_part_stays before update or delete on dataset_part
    for each row execute function refuse_change_of_part();
